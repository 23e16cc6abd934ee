package record

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/people"
)

// ofOffice are the office itself.
var ofOffice = []entry{
	{"body", Kind{Name: "cơ quan",
		See: each(func(tx *db.Tx, by access.Actor, id db.ID) (org.Body, error) {
			return org.Find(tx, by, id, calendar.OfInstant(tx.Clock()))
		}, func(b org.Body) string { return b.Name }),
		Verbs: map[string]string{
			"created":  "thêm cơ quan {name}[ (mã {code})]",
			"renamed":  "đổi tên cơ quan từ {from} thành {to}[, từ {day}]",
			"alias":    "thêm cách viết “{alias}”",
			"book_set": "ghi sổ {kind} {book} tiếp tục từ số {next}",
			"placed":   "ghi địa danh trên văn bản là {place}",
			"answers":  "ghi cơ quan phụ trách[ chức năng {function}][ lĩnh vực {sector}][, từ {from}]",
		},
	}},
	{"paper_phrase", Kind{Name: "câu thường dùng",
		Verbs: map[string]string{
			"phrase_added": "thêm câu thường dùng “{words}”",
			"phrase_ended": "thôi dùng một câu thường dùng",
		},
	}},
	{"layout_value", Kind{Name: "giá trị thể thức",
		Verbs: map[string]string{
			"value_entered": "ghi giá trị của {layout}: {name} là {value}, từ {from}[, theo {source}]",
		},
	}},
	{"change", Kind{Name: "sắp xếp cơ quan",
		See: each(org.FindChange, func(c org.Change) string { return c.Kind.Name() }),
		Verbs: map[string]string{
			"announced":           "ghi sắp xếp cơ quan: {kind} từ {day}[, theo {basis}]",
			"undone":              "hoàn tác sắp xếp cơ quan: {kind} từ {day}[: {reason}]",
			"proposed":            "lập danh sách bàn giao, thêm {items} việc",
			"succession_accepted": "bàn giao “{item}” cho {to}[: {reason}]",
			"succession_declined": "quyết định không bàn giao “{item}”: {reason}",
			"succession_undone":   "hoàn tác quyết định về “{item}”",
		},
	}},
	{"reference", Kind{Name: "dữ liệu tham chiếu",
		Verbs: map[string]string{
			"decided":        "ghi ý kiến về dòng tham chiếu {row}: {decision}",
			"entered":        "nhập danh mục {authorities} cơ quan ban hành văn bản",
			"function_added": "thêm chức năng {name} vào danh mục",
		},
	}},
	{"person", Kind{Name: "cán bộ",
		Verbs: map[string]string{
			"created":    "thêm cán bộ",
			"appointed":  "ghi chức vụ {title}[ tại {body}][, vai trò {role}][, quyền ký: {signs}][, từ {from}][ đến {to}]",
			"post_ended": "ghi thôi chức vụ {title}[ sau ngày {last}]",
		},
	}},
	{"stand_in", Kind{Name: "lần ghi người thay",
		Verbs: map[string]string{
			"stands_in":      "ghi người thay khi vắng mặt từ {from} đến {to}",
			"stand_in_ended": "ghi hết vắng mặt sau ngày {last}",
		},
	}},
	{"following", Kind{Name: "phân công theo dõi cơ quan",
		Verbs: map[string]string{
			"followed":     "phân công người của Ban theo dõi {body}[, lĩnh vực {sector}][, từ {from}]",
			"follow_ended": "ghi thôi theo dõi[ sau ngày {last}]",
		},
	}},
	{"account", Kind{Name: "tài khoản",
		See: each(func(tx *db.Tx, by access.Actor, id db.ID) (people.Account, error) {
			if err := by.May(access.ManageAccounts, by.Body); err != nil { // the own account too has its page only for them
				return people.Account{}, err
			}
			return people.FindAccount(tx, by, string(id))
		}, func(a people.Account) string { return a.Name }),
		Verbs: map[string]string{
			"created":               "lập tài khoản",
			"signed_in":             "đăng nhập[{?known_device} trên máy đã biết]",
			"sign_in_failed":        "đăng nhập sai[{?known_login} vào tài khoản có thật]",
			"signed_out":            "đăng xuất",
			"signed_out_everywhere": "đăng xuất khỏi mọi máy",
			"factor_begun":          "tạo mã bí mật để bật xác thực hai bước",
			"factor_on":             "bật xác thực hai bước",
			"factor_off":            "bỏ xác thực hai bước",
			"codes_renewed":         "lập mã dự phòng mới",
			"password_set":          "đổi mật khẩu[{?own} của mình]",
			"password_handed_out":   "in phiếu mật khẩu dùng một lần",
			"disabled":              "khóa tài khoản",
			"enabled":               "mở khóa tài khoản",
		},
	}},
	{"token", Kind{Name: "mã truy cập",
		Verbs: map[string]string{
			"created": "cấp mã truy cập “{name}”[, vai trò {role}][ cho {body}][{?any_body}, được gửi báo cáo của mọi cơ quan]",
			"revoked": "thu hồi mã truy cập “{name}”",
		},
	}},
	{"setting", Kind{Name: "cài đặt",
		Verbs: map[string]string{
			"set": "đặt cài đặt {name} là “{value}”",
		},
	}},
	{"holiday", Kind{Name: "ngày nghỉ",
		Verbs: map[string]string{
			"set":     "sửa lịch nghỉ ngày {day}[: {kind}][ {name}][, theo {document}]",
			"removed": "bỏ khỏi lịch nghỉ ngày {day}[: {kind}][ {name}][, theo {document}]",
		},
	}},
	{"door", Kind{Name: "yêu cầu bị từ chối",
		Verbs: map[string]string{
			"denied":      "bị từ chối tại {door}[: {reason}]",
			"denied_more": "bị từ chối thêm {count} lần trong cùng phút",
		},
	}},
	{"seal", Kind{Name: "niêm",
		Verbs: map[string]string{
			"sealed": "niêm {rows} dòng dữ liệu[{?baseline} theo cấu trúc {schema}][{?migrating} trước khi cập nhật cấu trúc]",
		},
	}},
}
