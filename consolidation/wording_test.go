package consolidation

import (
	"testing"

	"giaoban/calendar"
)

func TestTheSubjectNamesBothPeriodsAsAnOfficeDoes(t *testing.T) {
	for of, want := range map[string]string{
		"2022-Q1": "kết quả công tác khoa giáo quý I, nhiệm vụ trọng tâm quý II năm 2022",
		"2022-H1": "kết quả công tác khoa giáo 6 tháng đầu năm, nhiệm vụ trọng tâm 6 tháng cuối năm 2022",
		"2023-9M": "kết quả công tác khoa giáo 9 tháng đầu năm, nhiệm vụ trọng tâm 3 tháng cuối năm 2023",
		"2020":    "kết quả công tác khoa giáo năm 2020, nhiệm vụ trọng tâm năm 2021",
	} {
		if got := proposedWording(calendar.MustPeriod(of)).Subject; got != want {
			t.Errorf("%s: “%s”, cần “%s”", of, got, want)
		}
	}
}
