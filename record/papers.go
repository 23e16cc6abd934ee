package record

import (
	"giaoban/archive"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/library"
	"giaoban/paper"
	"giaoban/review"
)

// ofPapers are papers, documents and what was brought in.
var ofPapers = []entry{
	{"paper", Kind{Name: "văn bản",
		See: named(paper.Among, func(p paper.Paper) (db.ID, string) { return p.ID, p.Label() }),
		Verbs: map[string]string{
			"drafted":       "soạn văn bản[ “{subject}”]",
			"addressed":     "ghi nơi nhận[: {bodies} cơ quan]",
			"revised":       "sửa dự thảo văn bản[, lần {version}]",
			"redrafted":     "bắt đầu dự thảo[ lần {draft}]",
			"signed":        "ký văn bản[ ({title})]",
			"numbered":      "vào số văn bản[ {symbol}][, ngày {date}]",
			"released":      "phát hành văn bản[ {symbol}][, ngày {date}]",
			"withdrawn":     "rút văn bản[: {reason}]",
			"scan_attached": "gắn bản ký của văn bản[{?differs} (khác bản trong chương trình)]",
		},
	}},
	{"directive", Kind{Name: "văn bản chỉ đạo",
		See: named(directive.Among, node[directive.Directive]),
		Verbs: map[string]string{
			"recorded":        "vào sổ {label}[ của {issuer}][, số đến {arrived}]",
			"revised":         "sửa thông tin {label} trong sổ",
			"related":         "ghi quan hệ với văn bản: {kind} {target}[, từ {day}]",
			"unrelated":       "bỏ quan hệ {kind} {target}[: {reason}]",
			"filed":           "gắn tệp vào văn bản[ ({label})]",
			"resolved":        "xác định viện dẫn “{written}”[: {note}]",
			"set_aside":       "đánh dấu viện dẫn “{written}” không cần vào sổ[: {note}]",
			"unresolved":      "bỏ lựa chọn cho viện dẫn “{written}”",
			"rollout":         "ghi việc quán triệt[ dự kiến {planned}][, đã tổ chức {held}][, {people} người]",
			"rollout_dropped": "bỏ một lần quán triệt[: {reason}]",
			"reviews_planned": "tính các kỳ sơ kết, tổng kết[ của {label}][: thêm {came} kỳ][, bớt {went} kỳ]",
			"clause_added":    "ghi điều khoản của văn bản: {clause}",
			"clause_ended":    "bỏ điều khoản ghi nhầm: {clause}[ ({reason})]",
		},
	}},
	{"advice", Kind{Name: "việc tham mưu",
		See: named(directive.AdviceAmong, node[directive.Advice]),
		Verbs: map[string]string{
			"advised": "ghi tham mưu {form} {subject}: {stage}[ số {issued}][: {reason}]",
		},
	}},
	{"review", Kind{Name: "kỳ sơ kết, tổng kết",
		See: named(review.Among, node[review.Review]),
		Verbs: map[string]string{
			"chosen":       "chọn thêm {label}[: {reason}]",
			"assigned":     "phân công sơ kết, tổng kết[: {lead} chủ trì][, {cooperating} cơ quan phối hợp]",
			"outlined":     "sửa đề cương báo cáo sơ kết, tổng kết",
			"listed":       "đưa {label} vào danh mục trình năm {year}",
			"removed":      "đưa {label} ra khỏi danh mục[: {reason}]",
			"restored":     "đưa {label} trở lại danh mục",
			"confirmed":    "duyệt {label}[, giao {tasks} nhiệm vụ]",
			"relisted":     "trình lại các bước đã rút của {label}[: {reason}]",
			"instructed":   "gắn chỉ đạo của cấp trên: {instruction}[, trình trước {submit_by}]",
			"uninstructed": "gỡ chỉ đạo của cấp trên[ {instruction}][: {reason}]",
			"step_moved":   "đặt ngày {day} cho bước {step}[: {reason}]",
			"step_freed":   "trả bước {step} về ngày theo quy tắc[: {reason}]",
			"step_done":    "ghi bước {step} đã xong ngày {on}[: {note}]",
			"step_asked":   "giao bước {step}",
			"step_dropped": "rút nhiệm vụ của bước {step}",
			"step_task":    "gắn bước {step} với nhiệm vụ “{task}”",
			"stopped":      "dừng {label}[: {reason}]",
			"resumed":      "cho làm tiếp {label}[: {reason}]",
			"done":         "ghi hoàn thành {label}[: {paper}]",
			"reopened":     "mở lại {label}[: {reason}]",
		},
	}},
	{"review_list", Kind{Name: "danh mục sơ kết, tổng kết",
		Verbs: map[string]string{
			"listed":    "trình danh mục sơ kết, tổng kết năm {year}[ ({lines} kỳ)]",
			"confirmed": "duyệt danh mục sơ kết, tổng kết năm {year}[, giao {tasks} nhiệm vụ]",
		},
	}},
	{"review_rule", Kind{Name: "quy tắc sơ kết, tổng kết",
		Verbs: map[string]string{
			"rule_set":  "đặt quy tắc: {rule}",
			"steps_set": "đặt thời lượng các bước sơ kết, tổng kết",
		},
	}},
	{"file", Kind{Name: "tệp",
		See: named(library.Among, func(f library.File) (db.ID, string) { return f.ID, f.Name }),
		Verbs: map[string]string{
			"stored": "tải lên tệp “{name}”[, {confirmed}]",
		},
	}},
	{"import", Kind{Name: "tư liệu cũ",
		See: named(archive.Among, asLinked),
		Verbs: map[string]string{
			"imported":     "nhập tư liệu “{title}”[ ({fields} phần chờ xác nhận)]",
			"accepted":     "nhận {field} “{text}”[, thành {made}]",
			"corrected":    "sửa và nhận {field} “{text}”[, thành {made}]",
			"added":        "thêm {field} “{text}”[, thành {made}]",
			"skipped":      "bỏ qua {field} “{text}”",
			"reopened":     "xem lại {field} “{text}”",
			"confirmed":    "nhận {taken} phần chắc chắn của tư liệu “{title}”[, còn {left} phần chờ]",
			"skipped_rest": "bỏ qua {skipped} phần còn chờ của tư liệu “{title}”",
		},
	}},
	{"event", Kind{Name: "hội nghị giao ban",
		See: named(archive.EventsAmong, node[archive.Event]),
	}},
}
