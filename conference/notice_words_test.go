package conference

import "testing"

func TestTheBodiesAreNotToldInTheWordsOfTheGuests(t *testing.T) {
	for want, guests := range map[string][]Guest{
		"Dự Hội nghị có":      nil,
		"Cùng dự Hội nghị có": {{Name: "A", As: Attends}, {Name: "B", As: Directs}},
		"Dự Hội nghị còn có":  {{Name: "A", As: Attends}, {Name: "B", As: Also}},
	} {
		if got := besides(guests); got != want {
			t.Errorf("%v: %s", guests, got)
		}
	}
}

func TestWhatIsNamedIsCutAtTheEndOfAWord(t *testing.T) {
	long := "Đề nghị Ban Tuyên giáo Tỉnh ủy đưa nội dung thúc đẩy thị trường khoa học công nghệ"
	if got := shortened(long); got != "Đề nghị Ban Tuyên giáo Tỉnh ủy đưa nội dung thúc đẩy thị…" {
		t.Errorf("%s", got)
	}
	if got := shortened("ngắn"); got != "ngắn" {
		t.Errorf("%s", got)
	}
}
