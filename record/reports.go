package record

import (
	"giaoban/consolidation"
	"giaoban/report"
)

// ofReports are what the agencies report and what is made of it.
var ofReports = []entry{
	{"submission", Kind{Name: "báo cáo",
		See: named(report.SubmissionsAmong, asLinked),
		Verbs: map[string]string{
			"submitted": "gửi báo cáo[ số {number}][ kỳ {period}][, bản {version}][{?late}, sau hạn]",
			"accepted":  "nhận báo cáo[ kỳ {period}][, bản {version}]",
			"returned":  "đề nghị bổ sung báo cáo[ kỳ {period}][ trước {due}][: {reason}]",
		},
	}},
	{"obligation", Kind{Name: "kỳ báo cáo phải nộp",
		See: named(report.ObligationsAmong, asLinked),
		Verbs: map[string]string{
			"draft_saved":       "lưu dự thảo[ lần {version}]",
			"draft_put_forward": "trình lãnh đạo cơ quan dự thảo[ lần {version}]",
			"draft_taken_back":  "rút lại dự thảo[ lần {version}]",
			"draft_approved":    "duyệt dự thảo[ lần {version}]",
			"draft_sent_back":   "trả lại dự thảo[ lần {version}][: {note}]",
			"extension_asked":   "xin gia hạn đến {due}[: {reason}]",
			"extended":          "cho gia hạn[ từ {from}] đến {due}[: {reason}]",
			"extension_refused": "không đồng ý gia hạn[: {answer}]",
			"reminded":          "đôn đốc[ qua {channel}][: {note}]",
			"waived":            "không chờ báo cáo nữa: {reason}",
		},
	}},
	{"opening", Kind{Name: "kỳ báo cáo",
		Verbs: map[string]string{
			"opened":   "mở kỳ báo cáo[ {period}][, hạn {due}][, {bodies} cơ quan phải nộp]",
			"admitted": "thêm[ {org}] vào kỳ báo cáo[ {period}]",
			"imported": "nhập số liệu từ tệp[ {file}][, kỳ {period}][, {reports} báo cáo]",
		},
	}},
	{"regime", Kind{Name: "chế độ báo cáo",
		See: each(report.RegimeByID, func(r report.Regime) string { return "Chế độ báo cáo " + r.Name }),
		Verbs: map[string]string{
			"created":        "lập chế độ báo cáo {name}[ ({code})]",
			"changed":        "sửa chế độ báo cáo[ {code}]",
			"activated":      "cho chế độ báo cáo[ {code}] có hiệu lực[ từ {from}]",
			"ended":          "kết thúc chế độ báo cáo[ {code}]",
			"assigned":       "giao báo cáo cho {bodies} cơ quan[ từ {from}][, theo {basis}]",
			"unassigned":     "thôi giao báo cáo[ sau ngày {last_day}][, theo {basis}]",
			"form_saved":     "lưu biểu mẫu[ bản {number}]",
			"form_activated": "cho biểu mẫu[ bản {number}] có hiệu lực[ từ {from}]",
			"transferred":    "chuyển phân công báo cáo[ lĩnh vực {sectors}] từ {from} sang {to}, các kỳ chốt số liệu từ {day}",
			"transfer_ended": "hoàn tác việc chuyển phân công báo cáo[ lĩnh vực {sectors}] từ {from} sang {to}",
		},
	}},
	{"consolidation", Kind{Name: "báo cáo tổng hợp",
		See:   named(consolidation.Among, node[consolidation.Consolidation]),
		Ahead: writtenElsewhere,
		Sign:  consolidation.SignPaper,
		Verbs: map[string]string{
			"drafted":            "soạn báo cáo tổng hợp[ kỳ {period}]",
			"put_forward":        "trình ký báo cáo tổng hợp[, bản {version}]",
			"agreed":             "đồng ý dự thảo báo cáo tổng hợp[, bản {version}][: {note}]",
			"taken_back":         "rút lại báo cáo tổng hợp đã trình",
			"sent_back":          "trả lại báo cáo tổng hợp[: {note}]",
			"signed":             "ký báo cáo tổng hợp",
			"dropped_paragraph":  "bỏ một đoạn khỏi báo cáo tổng hợp[: {reason}]",
			"restored_paragraph": "lấy lại một đoạn của báo cáo tổng hợp",
			"edited_paragraph":   "sửa một đoạn của báo cáo tổng hợp",
			"merged_paragraphs":  "ghép hai đoạn của báo cáo tổng hợp",
			"split_paragraph":    "tách một đoạn của báo cáo tổng hợp",
			"added_paragraph":    "thêm một đoạn vào báo cáo tổng hợp",
			"moved_paragraph":    "chuyển chỗ một đoạn của báo cáo tổng hợp",
			"reworded":           "sửa lời dẫn của báo cáo tổng hợp[: {subject}]",
			"refreshed":          "cập nhật báo cáo tổng hợp theo báo cáo mới nhận",
		},
	}},
	{"proposal", Kind{Name: "kiến nghị",
		See: named(report.ProposalsAmong, asLinked),
		Verbs: map[string]string{
			"answered": "trả lời kiến nghị[: {reason}][ (chuyển {forwarded_to})]",
		},
	}},
}
