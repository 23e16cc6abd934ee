package record

import (
	"giaoban/briefing"
	"giaoban/task"
)

// ofWork are the conference and what is asked there.
var ofWork = []entry{
	{"briefing", Kind{Name: "hội nghị giao ban",
		See:     named(briefing.Among, node[briefing.Briefing]),
		Ahead:   briefing.Ahead,
		Sign:    briefing.Sign,
		Release: briefing.Release,
		Verbs: map[string]string{
			"planned":            "lập kế hoạch hội nghị giao ban[ kỳ {period}][, ngày {held_on}]",
			"replanned":          "sửa kế hoạch hội nghị[, ngày {held_on}]",
			"drafts_taken":       "đưa {items} kết luận dự kiến vào hội nghị",
			"delegate":           "cử người dự hội nghị[{?substitute} (dự thay)]",
			"attended":           "ghi thành phần dự[: {present} có mặt][, {excused} vắng có lý do][, {absent} vắng]",
			"shown":              "chốt tài liệu trình hội nghị",
			"minuted":            "ghi biên bản[, lần {version}]",
			"concluded":          "ghi kết luận[ ({items} mục)]",
			"dropped":            "bỏ kết luận[ số {item}]",
			"closed":             "kết thúc hội nghị[: {guidance} nội dung định hướng][, {tasks} nhiệm vụ]",
			"reopened":           "mở lại kết luận[: {reason}]",
			"released_notice":    "phát hành thông báo kết luận[ {symbol}][, giao {tasks} nhiệm vụ]",
			"drafted_invitation": "soạn giấy mời",
			"drafted_notice":     "soạn thông báo kết luận",
			"contribution":       "ghi nội dung phát biểu",
			"noted":              "ghi ý kiến tại hội nghị",
		},
	}},
	{"contribution", Kind{Name: "ý kiến tại hội nghị",
		See: named(briefing.ContributionsAmong, asLinked),
	}},
	{"conclusion", Kind{Name: "kết luận",
		See: named(briefing.ConclusionsAmong, node[briefing.Conclusion]),
	}},
	{"task", Kind{Name: "nhiệm vụ",
		See: named(task.Among, node[task.Task]),
		Verbs: map[string]string{
			"assigned":            "giao nhiệm vụ “{title}”[, hạn {due}][, theo {from}]",
			"received":            "tiếp nhận nhiệm vụ",
			"progressed":          "báo tiến độ[: {note}]",
			"extension_asked":     "xin gia hạn đến {due}[: {reason}]",
			"extension_granted":   "cho gia hạn[ từ {from}] đến {due}[: {reason}]",
			"extension_declined":  "không đồng ý gia hạn[: {reason}]",
			"extension_corrected": "sửa gia hạn[ từ {from}] thành {due}[: {reason}]",
			"extension_revoked":   "thu lại gia hạn, trở về hạn {due}[: {reason}]",
			"shifted":             "dời hạn từ {from} sang {due} theo lịch nghỉ[: {reason}]",
			"completed":           "báo hoàn thành[: {note}][ (văn bản {paper})]",
			"accepted":            "nghiệm thu kết quả[: {note}]",
			"sent_back":           "trả lại để làm tiếp[ trước {due}][: {reason}]",
			"withdrawn":           "rút nhiệm vụ[: {reason}]",
		},
	}},
}
