package official

import (
	"fmt"
	"slices"
	"strings"
)

// kind asks for what a paper of its kind cannot be without.
func (l *linter) kind() {
	d := l.d
	name := kinds[d.Kind].name
	switch d.Kind {
	case Letter, Petition, Transfer:
		if len(d.Addressed) == 0 {
			l.add("thieu-kinh-gui", "Kính gửi", "%s phải ghi nơi kính gửi.", name)
		}
	case Decision:
		if len(d.Bases) == 0 {
			l.add("thieu-can-cu", "Căn cứ", "Quyết định phải ghi căn cứ; hãy ghi mỗi căn cứ một dòng, dấu chấm phẩy tự in.")
		}
		l.articles(name)
	case Regulation:
		l.articles(name)
		l.issuedBy(name)
	case Programme:
		l.issuedBy(name)
	case Minutes:
		if len(d.Signers) == 1 {
			l.add("thieu-nguoi-ky-thu-hai", "Người ký", "Biên bản có hai chữ ký: người ghi biên bản và chủ trì.")
		}
	}
}

// articles: what a decision or a regulation lays down stands in điều.
func (l *linter) articles(name string) {
	if !slices.ContainsFunc(l.d.Body, func(b Block) bool { item, ok := b.(NumberedItem); return ok && item.Article }) {
		l.add("thieu-dieu", "Nội dung", "%s ghi nội dung thành từng điều; hãy chọn loại “Điều” cho các đoạn.", name)
	}
}

// issuedBy: in a State body these are issued with a quyết định, which they name. Party bodies issue them under a number of
// their own (1056-QC/TU).
func (l *linter) issuedBy(name string) {
	if l.d.Profile.Family != State || len(l.d.Signers) > 1 { // signed by several bodies together, it stands by itself
		return
	}
	for _, t := range l.d.texts() {
		if strings.Contains(strings.ToLower(t.text), "theo quyết định số") {
			return
		}
	}
	l.add("thieu-quyet-dinh-ban-hanh", "Nội dung", "%s của cơ quan Nhà nước ban hành kèm theo một quyết định; hãy ghi “Ban hành kèm theo Quyết định số …”.", name)
}

// asked names the places of a skeleton that nobody has written in.
func (l *linter) asked(in string, blocks []Block) {
	for i, b := range blocks {
		if ask := Asked(b); ask != "" {
			l.add("cho-chua-ghi", fmt.Sprintf("%sĐoạn %d", in, i+1), "Chưa ghi %s. Hãy ghi ở trang Sửa lời văn, hoặc chọn bỏ ô này.", ask)
		}
	}
}
