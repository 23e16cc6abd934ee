package conference

import "testing"

func TestTitlesAreNamedInTheOrderOfPosts(t *testing.T) {
	for title, want := range map[string]string{
		"Phó Bí thư Thường trực Tỉnh ủy, Chủ tịch HĐND tỉnh": "2",
		"Bí thư Tỉnh ủy":                                     "1",
		"Phó Chủ tịch UBND tỉnh":                             "5",
		"Ủy viên Ban Thường vụ, Trưởng ban Tuyên giáo":       "4",
		"Tỉnh ủy viên, Giám đốc Sở Y tế":                     "6",
		"Phó Trưởng ban Tuyên giáo Tỉnh ủy":                  "8",
		"Giám đốc Bảo hiểm xã hội tỉnh":                      "7",
		"Chuyên viên Phòng Khoa giáo":                        "9",
		"Uỷ viên Ban Thường vụ, Phó Chủ tịch UBND thành phố": "4",
		"Phó Giám đốc phụ trách Sở Khoa học và Công nghệ":    "8",
	} {
		if got := protocol(title); got != want {
			t.Errorf("%s stands at %s, want %s", title, got, want)
		}
	}
	n := New{ByPost: true, Guests: []Guest{{Name: "A", Title: "Phó Giám đốc Sở Y tế"}, {Name: "B", Title: "Phó Chủ tịch UBND tỉnh"}, {Name: "C", Title: "Phó Giám đốc Sở Nội vụ"}}}
	n.order()
	if got := n.Guests[0].Name + n.Guests[1].Name + n.Guests[2].Name; got != "BAC" {
		t.Errorf("the guests stand as %s", got)
	}
}
