package org

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// Sector is a lĩnh vực of the field; the codes are those of the report forms.
type Sector struct{ Code, Name string }

// AllSectors is how the field is divided.
var AllSectors = []Sector{
	{"YT", "Y tế"},
	{"GD", "Giáo dục và đào tạo"},
	{"KH", "Khoa học và công nghệ"},
	{"VH", "Văn hóa, thể thao, gia đình"},
	{"MT", "Tài nguyên và môi trường"},
	{"LD", "Lao động, người có công, xã hội và trẻ em"},
	{"TT", "Thông tin, truyền thông và chuyển đổi số"},
	{"BH", "Bảo hiểm xã hội, bảo hiểm y tế"},
	{"NV", "Đội ngũ và tổ chức bộ máy làm công tác khoa giáo"},
	{"TM", "Công tác tham mưu, phối hợp"},
}

// OfficeSectors are the codes of the sectors that the office follows: all, until it has chosen.
func OfficeSectors(tx *db.Tx) ([]string, error) {
	chosen, err := Setting(tx, FieldSectors)
	if err != nil {
		return nil, err
	}
	if codes := strings.Fields(chosen); len(codes) > 0 {
		return codes, nil
	}
	return SectorCodes(), nil
}

// SectorCodes are the codes of AllSectors.
func SectorCodes() []string {
	codes := make([]string, len(AllSectors))
	for i, s := range AllSectors {
		codes[i] = s.Code
	}
	return codes
}

// FollowSectors keeps which sectors the office follows, in the order of AllSectors.
func FollowSectors(tx *db.Tx, by access.Actor, codes []string) error {
	var chosen []string
	for _, s := range AllSectors {
		if slices.Contains(codes, s.Code) {
			chosen = append(chosen, s.Code)
		}
	}
	if len(chosen) == 0 {
		return fault.Invalid("sectors[]", "Xin chọn ít nhất một lĩnh vực mà Ban theo dõi.")
	}
	return SetChanged(tx, by, FieldSectors, strings.Join(chosen, " "))
}
