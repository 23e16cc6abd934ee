package official

// kinds says what each kind is called; its type letters are the profile's.
var kinds = map[Kind]struct{ name string }{
	Report:     {"Báo cáo"},
	Notice:     {"Thông báo"},
	Plan:       {"Kế hoạch"},
	Invitation: {"Giấy mời"},
	Minutes:    {"Biên bản"},
	Letter:     {"Công văn"},
	Petition:   {"Tờ trình"},
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
