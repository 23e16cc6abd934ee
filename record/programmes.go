package record

import (
	"giaoban/programme"
	"giaoban/workplan"
)

// ofProgrammes are programmes and regulations of coordination, and their lines.
var ofProgrammes = []entry{
	{"programme", Kind{Name: "chương trình phối hợp",
		See:     named(programme.Among, node[programme.Programme]),
		Ahead:   programme.Ahead,
		Sign:    programme.Sign,
		Release: programme.Release,
		Verbs: map[string]string{
			"begun":            "lập {subject}[ với {parties} cơ quan][, {lines} nội dung]",
			"revised":          "sửa phần chung: {subject}",
			"ended":            "kết thúc từ ngày {on}[: {reason}]",
			"lines_added":      "thêm {lines} nội dung[ theo {basis}]",
			"line_ended":       "thôi thực hiện nội dung “{line}”[: {reason}]",
			"party_signed":     "ghi {body} đã ký ngày {on}[ ({signer})]",
			"party_joined":     "thêm {body} tham gia từ ngày {on}[ theo {basis}]",
			"party_left":       "ghi {body} thôi tham gia sau ngày {on}[ theo {basis}]",
			"evidence_decided": "xác nhận {taken} đoạn báo cáo là kết quả[, bỏ {left} đoạn]",
			"evidence_tied":    "gắn “{record}” vào nội dung “{line}”",
			"evidence_untied":  "gỡ kết quả “{record}”",
			"old_entered":      "nhập từ lưu trữ {paragraphs} đoạn của năm {year}, {sector}[ ({source})]",
			"old_placed":       "xác nhận {paragraphs} đoạn nhập từ lưu trữ",
			"marked":           "ghi năm {year} nội dung “{line}” {mark}[: {proof}]",
			"planned":          "sửa kế hoạch năm {year}",
			"paper_drafted":    "soạn {paper}[ năm {year}]",
			"duty_made":        "từ trách nhiệm “{duty}” lập {made}",
			"next_said":        "chọn nội dung tiếp tục ở giai đoạn sau",
			"renewed":          "lập dự thảo giai đoạn sau[: {next}][, {lines} nội dung tiếp tục]",
		},
	}},
	{"workplan", Kind{Name: "kế hoạch công tác năm",
		Verbs: map[string]string{
			"added":      "thêm {lines} việc[: {words}]",
			"drawn":      "đưa {lines} việc đã có vào kế hoạch năm",
			"carried":    "chuyển {lines} việc sang năm {to}[: {reason}]",
			"line_ended": "đưa việc “{line}” ra khỏi kế hoạch[: {reason}]",
			"said":       "ghi việc “{line}” {said}[: {proof}]",
			"days_added": "ghi {days} ngày kỷ niệm, chuyên đề",
			"day_ended":  "bỏ một ngày ghi nhầm",
		},
	}},
	{"workplan_line", Kind{Name: "việc trong kế hoạch năm",
		See: named(workplan.LinesAmong, node[workplan.Line]),
	}},
	{"programme_line", Kind{Name: "nội dung phối hợp",
		See: named(programme.LinesAmong, node[programme.Line]),
	}},
}
