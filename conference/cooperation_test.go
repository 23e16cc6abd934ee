package conference

import (
	"testing"

	"giaoban/calendar"
)

func TestACooperationIsReadAsPeopleTypeIt(t *testing.T) {
	for text, want := range map[string][]named{
		"SYT, SNV; STTTT": {{body: "SYT"}, {body: "SNV"}, {body: "STTTT"}},
		"- STTTT: tuyên truyền trên cổng thông tin, hạn 20/5/2022\nSở Y tế: số liệu": {
			{"STTTT", "tuyên truyền trên cổng thông tin", calendar.On(2022, 5, 20)}, {body: "Sở Y tế", part: "số liệu"}},
		"SNV: rà soát hạn mức, trước ngày 15-4-2022.": {{"SNV", "rà soát hạn mức", calendar.On(2022, 4, 15)}},
		"SNV: gia hạn hợp đồng":                       {{body: "SNV", part: "gia hạn hợp đồng"}},
	} {
		got, wrong := readCooperation(text)
		if len(got) != len(want) || len(wrong) > 0 {
			t.Errorf("%q → %+v, wrong %q", text, got, wrong)
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%q → %+v, want %+v", text, got[i], want[i])
			}
		}
	}
	if _, wrong := readCooperation("SYT: báo cáo, hạn 31/02/2022"); len(wrong) != 1 {
		t.Error("a day that does not exist was not noticed")
	}
}

func TestHoursAreReadAsOfficesWriteThem(t *testing.T) {
	for in, want := range map[string]string{"14:00": "14:00", "14h": "14:00", "14h30": "14:30", "8 giờ": "08:00", "8 giờ 05 phút": "08:05",
		"07.30": "07:30", "25h": "", "chiều": "", "14:60": "", "": ""} {
		if got := readHour(in); got != want {
			t.Errorf("%q → %q, want %q", in, got, want)
		}
	}
}

func FuzzCooperation(f *testing.F) {
	f.Add("STTTT: tuyên truyền, hạn 20/5/2022\nSYT; SNV")
	f.Add("İ: hạn 1/1/2022")
	f.Fuzz(func(t *testing.T, text string) {
		entries, _ := readCooperation(text)
		for _, e := range entries {
			if e.body == "" {
				t.Errorf("%q gives a body without a name", text)
			}
		}
		readHour(text)
	})
}
