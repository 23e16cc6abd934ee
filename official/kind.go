package official

import "strings"

// kinds says what each kind is called; its type letters are the profile's.
var kinds = map[Kind]struct{ name string }{
	Report:     {"Báo cáo"},
	Notice:     {"Thông báo"},
	Plan:       {"Kế hoạch"},
	Invitation: {"Giấy mời"},
	Minutes:    {"Biên bản"},
	Letter:     {"Công văn"},
	Petition:   {"Tờ trình"},
	Guideline:  {"Hướng dẫn"},
	Programme:  {"Chương trình"},
	Decision:   {"Quyết định"},
	Regulation: {"Quy chế"},
	Transfer:   {"Phiếu chuyển"},
}

// BaoCao begins a báo cáo: its type, symbol letters, subject and a text with the right end mark.
// The caller adds bodies, number, date, signature and recipients.
func BaoCao(p Profile, subject string, body ...Block) Document {
	return begin(p, Report, subject, body)
}

// ThongBaoKetLuan begins a thông báo of the conclusions that chair ("đồng chí Nguyễn Văn An, Trưởng
// Ban …") gave at conference ("Hội nghị giao ban công tác khoa giáo quý I năm 2022").
func ThongBaoKetLuan(p Profile, chair, conference string, body ...Block) Document {
	return begin(p, Notice, "kết luận của "+chair+" tại "+conference, body)
}

func begin(p Profile, k Kind, subject string, body []Block) Document {
	name := kinds[k].name
	return Document{Profile: p, Kind: k, TypeName: name, TypeSymbol: p.Symbols[name], Subject: subject,
		Body: Ended(p, body)}
}

// Ended gives the same blocks with the profile's end mark on the last paragraph or item, so that one
// text can close with "." in a Party paper and "./." in a State paper. A text that ends in a table
// stays as it is.
func Ended(p Profile, body []Block) []Block {
	if len(body) == 0 {
		return body
	}
	out := append([]Block(nil), body...)
	switch last := out[len(out)-1].(type) {
	case Paragraph:
		last.Runs = endRuns(last.Runs, p.TextEnd)
		out[len(out)-1] = last
	case NumberedItem:
		last.Runs = endRuns(last.Runs, p.TextEnd)
		out[len(out)-1] = last
	}
	return out
}

// Listed gives the same blocks with an end mark on each item of a list that has none: a colon before what is told
// below it, a full stop on the first level and at the end, a semicolon between shorter items. Marks that were typed stay.
func Listed(body []Block) []Block {
	out := append([]Block(nil), body...)
	for from := 0; from < len(out); {
		to := from
		for to < len(out) && isItem(out[to]) {
			to++
		}
		listMarks(out[from:to])
		from = max(to, from+1)
	}
	return out
}

func isItem(b Block) bool {
	_, ok := b.(NumberedItem)
	return ok
}

// listMarks ends the items of one list. Where one of a level ends in a full stop already the others do too.
func listMarks(list []Block) {
	items := make([]listed, len(list))
	for i, b := range list {
		item := b.(NumberedItem)
		items[i] = listed{text: strings.TrimRight(plain(item.Runs), " \n\t"), level: itemLevel(item), restart: item.Restart}
	}
	for i, one := range items {
		mark := endMark(one.text)
		if mark == "." || mark == ";" || mark == ":" || one.text == "" {
			continue
		}
		end := ";"
		switch {
		case i+1 < len(items) && items[i+1].level > one.level:
			end = ":"
		case one.level == 1 || !continued(items, i) || stopsBeside(items, i):
			end = "."
		}
		item := list[i].(NumberedItem)
		item.Runs = endRuns(item.Runs, end)
		list[i] = item
	}
}

// stopsBeside reports whether an item of the same list and level ends in a full stop before the last one does.
func stopsBeside(items []listed, i int) bool {
	first := i
	for first > 0 && items[first-1].level >= items[i].level {
		first--
	}
	for j := first; j < len(items) && items[j].level >= items[i].level; j++ {
		if items[j].level == items[i].level && endMark(items[j].text) == "." && continued(items, j) {
			return true
		}
	}
	return false
}

func itemLevel(item NumberedItem) int { return min(max(item.Level, 1), 4) }

func endRuns(runs []Run, end string) []Run {
	if len(runs) == 0 {
		return runs
	}
	out := append([]Run(nil), runs...)
	last := &out[len(out)-1]
	text := last.Text
	for _, mark := range []string{" ", "\n", "./.", ".", ";", ","} {
		for len(text) > len(mark) && text[len(text)-len(mark):] == mark {
			text = text[:len(text)-len(mark)]
		}
	}
	last.Text = text + end
	return out
}
