package web

import (
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/fold"
)

// kindNames says what a subject of the journal is called in the office.
var kindNames = map[string]string{
	"submission": "báo cáo", "obligation": "kỳ báo cáo phải nộp", "opening": "kỳ báo cáo", "regime": "chế độ báo cáo",
	"consolidation": "báo cáo tổng hợp", "proposal": "kiến nghị", "briefing": "hội nghị giao ban", "task": "nhiệm vụ",
	"paper": "văn bản", "file": "tệp", "body": "cơ quan", "person": "cán bộ", "account": "tài khoản", "token": "mã truy cập",
	"setting": "cài đặt", "holiday": "ngày nghỉ", "door": "yêu cầu bị từ chối", "import": "tư liệu cũ", "period": "kỳ",
	"change": "sắp xếp cơ quan", "reference": "dữ liệu tham chiếu",
	"directive": "văn bản chỉ đạo", "advice": "việc tham mưu",
	"review": "kỳ sơ kết, tổng kết", "review_list": "danh mục sơ kết, tổng kết", "review_rule": "quy tắc sơ kết, tổng kết",
}

// kindOrder is the order in which the audit page offers them.
var kindOrder = []string{"submission", "obligation", "opening", "regime", "consolidation", "proposal", "briefing", "task", "paper",
	"directive", "advice", "review", "review_list", "review_rule", "file", "import", "body", "change", "reference", "person", "account", "token", "setting",
	"holiday", "door"}

// verbWords says what was done, by "kind verb" or by verb alone. {name} stands for a detail of the line; a part in
// square brackets is said only when all its details are there, and a detail behind a question mark is only asked for.
var verbWords = map[string]string{
	"denied": "bị từ chối tại {door}[: {reason}]",

	"account created":        "lập tài khoản",
	"account signed_in":      "đăng nhập[{?known_device} trên máy đã biết]",
	"account sign_in_failed": "đăng nhập sai[{?known_login} vào tài khoản có thật]",
	"account signed_out":     "đăng xuất",
	"account password_set":   "đổi mật khẩu[{?own} của mình]",
	"account disabled":       "khóa tài khoản",
	"account enabled":        "mở khóa tài khoản",
	"person created":         "thêm cán bộ",
	"person appointed":       "ghi chức vụ {title}[ tại {body}][, vai trò {role}][, từ {from}][ đến {to}]",
	"person post_ended":      "ghi thôi chức vụ {title}[ sau ngày {last}]",
	"token created":          "cấp mã truy cập “{name}”[, vai trò {role}][ cho {body}][{?any_body}, được gửi báo cáo của mọi cơ quan]",
	"token revoked":          "thu hồi mã truy cập “{name}”",

	"body created":     "thêm cơ quan {name}[ (mã {code})]",
	"body renamed":     "đổi tên cơ quan từ {from} thành {to}[, từ {day}]",
	"body alias":       "thêm cách viết “{alias}”",
	"body answers":     "ghi cơ quan phụ trách[ chức năng {function}][ lĩnh vực {sector}][, từ {from}]",
	"change announced": "ghi sắp xếp cơ quan: {kind} từ {day}[, theo {basis}]",
	"change undone":    "hoàn tác sắp xếp cơ quan: {kind} từ {day}[: {reason}]",

	"reference decided":        "ghi ý kiến về dòng tham chiếu {row}: {decision}",
	"reference entered":        "nhập danh mục {authorities} cơ quan ban hành văn bản",
	"reference function_added": "thêm chức năng {name} vào danh mục",

	"setting set":      "đặt cài đặt {name} là “{value}”",
	"holiday set":      "sửa lịch nghỉ ngày {day}[: {name}]",
	"file stored":      "tải lên tệp “{name}”",
	"attached":         "đính kèm tệp “{name}”[ ({label})]",
	"regime created":   "lập chế độ báo cáo {name}[ ({code})]",
	"regime changed":   "sửa chế độ báo cáo[ {code}]",
	"regime activated": "cho chế độ báo cáo[ {code}] có hiệu lực[ từ {from}]",
	"regime ended":     "kết thúc chế độ báo cáo[ {code}]",

	"regime assigned":       "giao báo cáo cho {bodies} cơ quan[ từ {from}][, theo {basis}]",
	"regime unassigned":     "thôi giao báo cáo[ sau ngày {last_day}][, theo {basis}]",
	"regime form_saved":     "lưu biểu mẫu[ bản {number}]",
	"regime form_activated": "cho biểu mẫu[ bản {number}] có hiệu lực[ từ {from}]",
	"opening opened":        "mở kỳ báo cáo[ {period}][, hạn {due}][, {bodies} cơ quan phải nộp]",
	"opening admitted":      "thêm[ {org}] vào kỳ báo cáo[ {period}]",

	"obligation draft_saved":       "lưu dự thảo[ lần {version}]",
	"obligation draft_approved":    "duyệt dự thảo[ lần {version}]",
	"obligation extension_asked":   "xin gia hạn đến {due}[: {reason}]",
	"obligation extended":          "cho gia hạn[ từ {from}] đến {due}[: {reason}]",
	"obligation extension_refused": "không đồng ý gia hạn[: {answer}]",
	"obligation reminded":          "đôn đốc[ qua {channel}][: {note}]",
	"obligation waived":            "không chờ báo cáo nữa: {reason}",
	"submission submitted":         "gửi báo cáo[ số {number}][ kỳ {period}][, bản {version}][{?late}, sau hạn]",
	"submission accepted":          "nhận báo cáo[ kỳ {period}][, bản {version}]",
	"submission returned":          "đề nghị bổ sung báo cáo[ kỳ {period}][ trước {due}][: {reason}]",

	"consolidation drafted":            "soạn báo cáo tổng hợp[ kỳ {period}]",
	"consolidation signed":             "ký báo cáo tổng hợp",
	"consolidation dropped_paragraph":  "bỏ một đoạn khỏi báo cáo tổng hợp[: {reason}]",
	"consolidation restored_paragraph": "lấy lại một đoạn của báo cáo tổng hợp",
	"consolidation edited_paragraph":   "sửa một đoạn của báo cáo tổng hợp",
	"consolidation merged_paragraphs":  "ghép hai đoạn của báo cáo tổng hợp",
	"consolidation split_paragraph":    "tách một đoạn của báo cáo tổng hợp",
	"consolidation added_paragraph":    "thêm một đoạn vào báo cáo tổng hợp",
	"consolidation moved_paragraph":    "chuyển chỗ một đoạn của báo cáo tổng hợp",
	"consolidation reworded":           "sửa lời dẫn của báo cáo tổng hợp[: {subject}]",
	"consolidation refreshed":          "cập nhật báo cáo tổng hợp theo báo cáo mới nhận",
	"opening imported":                 "nhập số liệu từ tệp[ kỳ {period}][, {reports} báo cáo]",
	"proposal answered":                "trả lời kiến nghị[: {reason}][ (chuyển {forwarded_to})]",

	"paper drafted":       "soạn văn bản[ “{subject}”]",
	"paper revised":       "sửa dự thảo văn bản[, lần {version}]",
	"paper redrafted":     "bắt đầu dự thảo[ lần {draft}]",
	"paper signed":        "ký văn bản[ ({title})]",
	"paper numbered":      "vào số văn bản[ {symbol}][, ngày {date}]",
	"paper released":      "phát hành văn bản[ {symbol}][, ngày {date}]",
	"paper withdrawn":     "rút văn bản[: {reason}]",
	"paper scan_attached": "gắn bản ký của văn bản[{?differs} (khác bản trong chương trình)]",

	"task assigned":           "giao nhiệm vụ “{title}”[, hạn {due}][, theo {from}]",
	"task received":           "tiếp nhận nhiệm vụ",
	"task progressed":         "báo tiến độ[: {note}]",
	"task extension_asked":    "xin gia hạn đến {due}[: {reason}]",
	"task extension_granted":  "cho gia hạn[ từ {from}] đến {due}[: {reason}]",
	"task extension_declined": "không đồng ý gia hạn[: {reason}]",
	"task completed":          "báo hoàn thành[: {note}][ (văn bản {paper})]",
	"task accepted":           "nghiệm thu kết quả[: {note}]",
	"task sent_back":          "trả lại để làm tiếp[ trước {due}][: {reason}]",
	"task withdrawn":          "rút nhiệm vụ[: {reason}]",

	"briefing planned":            "lập kế hoạch hội nghị giao ban[ kỳ {period}][, ngày {held_on}]",
	"briefing replanned":          "sửa kế hoạch hội nghị[, ngày {held_on}]",
	"briefing drafts_taken":       "đưa {items} kết luận dự kiến vào hội nghị",
	"briefing delegate":           "cử người dự hội nghị[{?substitute} (dự thay)]",
	"briefing attended":           "ghi thành phần dự[: {present} có mặt][, {excused} vắng có lý do][, {absent} vắng]",
	"briefing shown":              "chốt tài liệu trình hội nghị",
	"briefing minuted":            "ghi biên bản[, lần {version}]",
	"briefing concluded":          "ghi kết luận[ ({items} mục)]",
	"briefing dropped":            "bỏ kết luận[ số {item}]",
	"briefing closed":             "kết thúc hội nghị[: {guidance} nội dung định hướng][, {tasks} nhiệm vụ]",
	"briefing reopened":           "mở lại kết luận[: {reason}]",
	"briefing released_notice":    "phát hành thông báo kết luận[ {symbol}][, giao {tasks} nhiệm vụ]",
	"briefing drafted_invitation": "soạn giấy mời",
	"briefing drafted_notice":     "soạn thông báo kết luận",

	"directive recorded":        "vào sổ {label}[ của {issuer}][, số đến {arrived}]",
	"directive revised":         "sửa thông tin {label} trong sổ",
	"directive related":         "ghi quan hệ với văn bản: {kind} {target}[, từ {day}]",
	"directive unrelated":       "bỏ quan hệ {kind} {target}[: {reason}]",
	"directive filed":           "gắn tệp vào văn bản[ ({label})]",
	"directive resolved":        "xác định viện dẫn “{written}”[: {note}]",
	"directive set_aside":       "đánh dấu viện dẫn “{written}” không cần vào sổ[: {note}]",
	"directive unresolved":      "bỏ lựa chọn cho viện dẫn “{written}”",
	"directive rollout":         "ghi việc quán triệt[ dự kiến {planned}][, đã tổ chức {held}][, {people} người]",
	"directive rollout_dropped": "bỏ một lần quán triệt[: {reason}]",
	"advice advised":            "ghi tham mưu {form} {subject}: {stage}[ số {issued}][: {reason}]",

	"directive reviews_planned": "tính các kỳ sơ kết, tổng kết[ của {label}][: thêm {came} kỳ][, bớt {went} kỳ]",
	"directive clause_added":    "ghi điều khoản của văn bản: {clause}",
	"directive clause_ended":    "bỏ điều khoản ghi nhầm: {clause}[ ({reason})]",
	"review chosen":             "chọn thêm {label}[: {reason}]",
	"review assigned":           "phân công sơ kết, tổng kết[: {lead} chủ trì][, {cooperating} cơ quan phối hợp]",
	"review outlined":           "sửa đề cương báo cáo sơ kết, tổng kết",
	"review listed":             "đưa {label} vào danh mục trình năm {year}",
	"review removed":            "đưa {label} ra khỏi danh mục[: {reason}]",
	"review restored":           "đưa {label} trở lại danh mục",
	"review confirmed":          "duyệt {label}[, giao {tasks} nhiệm vụ]",
	"review relisted":           "trình lại các bước đã rút của {label}[: {reason}]",
	"review instructed":         "gắn chỉ đạo của cấp trên: {instruction}[, trình trước {submit_by}]",
	"review uninstructed":       "gỡ chỉ đạo của cấp trên[ {instruction}][: {reason}]",
	"review step_moved":         "đặt ngày {day} cho bước {step}[: {reason}]",
	"review step_freed":         "trả bước {step} về ngày theo quy tắc[: {reason}]",
	"review step_done":          "ghi bước {step} đã xong ngày {on}[: {note}]",
	"review step_task":          "gắn bước {step} với nhiệm vụ “{task}”",
	"review stopped":            "dừng {label}[: {reason}]",
	"review resumed":            "cho làm tiếp {label}[: {reason}]",
	"review done":               "ghi hoàn thành {label}[: {paper}]",
	"review reopened":           "mở lại {label}[: {reason}]",
	"review_list listed":        "trình danh mục sơ kết, tổng kết năm {year}[ ({lines} kỳ)]",
	"review_list confirmed":     "duyệt danh mục sơ kết, tổng kết năm {year}[, giao {tasks} nhiệm vụ]",
	"review_rule rule_set":      "đặt quy tắc: {rule}",
	"review_rule steps_set":     "đặt thời lượng các bước sơ kết, tổng kết",

	"import imported":     "nhập tư liệu “{title}”[ ({fields} phần chờ xác nhận)]",
	"import accepted":     "nhận {field} “{text}”[, thành {made}]",
	"import corrected":    "sửa và nhận {field} “{text}”[, thành {made}]",
	"import added":        "thêm {field} “{text}”[, thành {made}]",
	"import skipped":      "bỏ qua {field} “{text}”",
	"import reopened":     "xem lại {field} “{text}”",
	"import confirmed":    "nhận {taken} phần chắc chắn của tư liệu “{title}”[, còn {left} phần chờ]",
	"import skipped_rest": "bỏ qua {skipped} phần còn chờ của tư liệu “{title}”",

	"handed_over":                "bàn giao cho {to}[, thay {from}]",
	"taken_back":                 "hoàn tác bàn giao, {to} lại thực hiện",
	"regime transferred":         "chuyển phân công báo cáo[ lĩnh vực {sectors}] từ {from} sang {to}, các kỳ chốt số liệu từ {day}",
	"regime transfer_ended":      "hoàn tác việc chuyển phân công báo cáo[ lĩnh vực {sectors}] từ {from} sang {to}",
	"change proposed":            "lập danh sách bàn giao, thêm {items} việc",
	"change succession_accepted": "bàn giao “{item}” cho {to}[: {reason}]",
	"change succession_declined": "quyết định không bàn giao “{item}”: {reason}",
	"change succession_undone":   "hoàn tác quyết định về “{item}”",

	"briefing contribution": "ghi nội dung phát biểu",
	"briefing noted":        "ghi ý kiến tại hội nghị",
}

// journalSentence says what was done in plain words, to follow the name of who did it.
func journalSentence(verb, kind string, details map[string]any) string {
	words, ok := verbWords[kind+" "+verb]
	if !ok {
		words, ok = verbWords[verb]
	}
	if !ok {
		return "ghi việc “" + verb + "”" + ofKind(kind)
	}
	return fillWords(words, details)
}

func ofKind(kind string) string {
	if name := kindNames[kind]; name != "" {
		return " của " + name
	}
	return ""
}

// fillWords puts the details into their places.
func fillWords(words string, details map[string]any) string {
	var out strings.Builder
	for words != "" {
		open := strings.IndexByte(words, '[')
		if open < 0 {
			text, _ := fillPart(words, details)
			out.WriteString(text)
			break
		}
		end := open + strings.IndexByte(words[open:], ']')
		text, _ := fillPart(words[:open], details)
		out.WriteString(text)
		if text, whole := fillPart(words[open+1:end], details); whole {
			out.WriteString(text)
		}
		words = words[end+1:]
	}
	return out.String()
}

// fillPart reports whether every detail that the part asks for was there.
func fillPart(part string, details map[string]any) (text string, whole bool) {
	whole = true
	for {
		open := strings.IndexByte(part, '{')
		if open < 0 {
			return text + part, whole
		}
		end := open + strings.IndexByte(part[open:], '}')
		name, asked := strings.CutPrefix(part[open+1:end], "?")
		value := detailWords(name, details[name])
		whole = whole && value != ""
		text += part[:open]
		if !asked {
			text += value
		}
		part = part[end+1:]
	}
}

// longestDetail in a sentence: a reason may be a page long, and the record itself shows it whole.
const longestDetail = 160

// detailWords writes a value as people read it; "" for nothing, no, and none.
func detailWords(name string, value any) string {
	switch v := value.(type) {
	case bool:
		if v {
			return "có"
		}
	case float64:
		if v != 0 {
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
	case string:
		if d, err := calendar.ParseDate(v); err == nil {
			return d.Vietnamese()
		}
		if name == "period" {
			if p, err := calendar.ParsePeriod(v); err == nil {
				return p.Name()
			}
		}
		if name == "role" {
			return access.Role(v).Name()
		}
		if words, ok := channelWords[v]; ok && name == "channel" {
			return words
		}
		v = strings.Join(strings.Fields(fold.Clean(v)), " ")
		if r := []rune(v); len(r) > longestDetail {
			v = string(r[:longestDetail]) + "…"
		}
		return v
	}
	return ""
}

var channelWords = map[string]string{"phone": "điện thoại", "zalo": "Zalo", "email": "thư điện tử", "paper": "công văn"}
