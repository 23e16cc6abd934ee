package intake

import (
	"fmt"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/document"
	"giaoban/edxml"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/report"
	"giaoban/task"
)

// proposing is what is known while files are proposed: the spellings of all bodies, loaded once.
type proposing struct {
	tx       *db.Tx
	by       access.Actor
	today    calendar.Date
	codes    map[string]db.ID
	agencies func(spelling string, day calendar.Date) (string, bool)
	issuers  func(spelling string, day calendar.Date) (string, bool)
}

func propose(tx *db.Tx, by access.Actor) (p *proposing, err error) {
	p = &proposing{tx: tx, by: by, today: calendar.OfInstant(tx.Clock())}
	if p.codes, err = org.Codes(tx); err != nil {
		return nil, err
	}
	if p.agencies, err = org.Matcher(tx, by); err != nil {
		return nil, err
	}
	p.issuers, err = org.IssuerMatcher(tx, by)
	return p, err
}

// read fills what the file says of itself. What a packet says goes before: the sender's system wrote it.
func (p *proposing) read(i *Incoming, s Sent) head {
	h := readHead(s.Document)
	i.Type, i.Symbol, i.Date, i.Subject, i.Signer, i.SenderName = h.Type, h.Symbol, h.Date, h.Subject, h.Signer, h.Issuer
	said := []string{h.Issuer}
	if k := s.Packet; k != nil {
		i.Packet = true
		for _, v := range []struct {
			to   *string
			from string
		}{{&i.Type, k.Kind}, {&i.Symbol, k.Symbol}, {&i.Subject, k.Subject}, {&i.Signer, k.Signer.Name}, {&i.SenderName, k.From.Name}} {
			if v.from != "" {
				*v.to = v.from
			}
		}
		if !k.Date.IsZero() {
			i.Date = k.Date
		}
		i.Due = k.Due
		i.DocumentID, i.Purpose, i.About, i.Reason = k.DocumentID, k.Purpose, k.About, fold.Tidy(k.Reason)
		if i.About == "" && i.Purpose != edxml.New {
			i.About = k.DocumentID // some systems revoke a paper by its own name
		}
		said = append([]string{k.From.ID, k.From.Name}, said...)
	}
	said = append(said, bySymbol(i.Symbol))
	for _, spelling := range said {
		if i.Sender = p.body(spelling, i.Date); i.Sender != "" {
			break
		}
	}
	return h
}

// bySymbol is what stands for the issuer in a symbol: "SYT" of 128/BC-SYT.
func bySymbol(symbol string) string {
	if at := strings.LastIndexAny(symbol, "-/–"); at >= 0 {
		return strings.TrimLeft(symbol[at:], "-/–")
	}
	return ""
}

// body is the one body that a spelling means, of the block or outside it.
func (p *proposing) body(spelling string, day calendar.Date) db.ID {
	if spelling == "" {
		return ""
	}
	if day.IsZero() {
		day = p.today
	}
	for _, match := range []func(string, calendar.Date) (string, bool){p.agencies, p.issuers} {
		if code, ok := match(spelling, day); ok {
			return p.codes[code]
		}
	}
	return ""
}

// kind proposes what the paper is for this office and where it leads, with the reason a person can check.
func (p *proposing) kind(i *Incoming, h head, s Sent) error {
	i.Kind, i.Why = Other, "chưa thấy dấu hiệu nào khác"
	if i.Sender != "" {
		if done, err := p.answersTask(i, h, s.Packet); done || err != nil {
			return err
		}
		if done, err := p.reports(i); done || err != nil {
			return err
		}
	}
	switch {
	case i.Symbol == "" && (s.Document.Site != "" || strings.HasSuffix(strings.ToLower(i.Name), ".html")):
		i.Kind, i.Why = Old, "trang web đã lưu"
	case !i.Date.IsZero() && i.Date.Year() < p.today.Year()-1:
		i.Kind, i.Why = Old, fmt.Sprintf("văn bản năm %d", i.Date.Year())
	case i.Symbol != "" && steering(i.Type) && p.above(i):
		i.Kind, i.Why = Steering, i.Type+" của "+i.SenderName
	}
	return nil
}

// steering tells the kinds of papers by which those above steer.
func steering(kind string) bool {
	switch kind {
	case "Nghị quyết", "Chỉ thị", "Kết luận", "Quyết định", "Quy định", "Quy chế", "Kế hoạch", "Chương trình", "Hướng dẫn", "Đề án", "Thông tri", "Thông báo":
		return true
	}
	return false
}

// above tells whether the paper is of somebody who does not report here: its symbol or its issuer is outside the block.
func (p *proposing) above(i *Incoming) bool {
	for _, spelling := range []string{i.SenderName, bySymbol(i.Symbol)} {
		if _, ours := p.agencies(spelling, p.today); ours {
			return false
		}
	}
	return true
}

// answersTask looks for a task of the sender that a paper of ours gave and that this one cites.
func (p *proposing) answersTask(i *Incoming, h head, k *edxml.Packet) (bool, error) {
	open, err := task.OpenOf(p.tx, p.by, i.Sender, p.today)
	if err != nil || len(open) == 0 {
		return false, err
	}
	var from []db.ID
	for _, t := range open {
		if t.FromPaper != "" {
			from = append(from, t.FromPaper)
		}
	}
	papers, err := paper.Among(p.tx, p.by, from)
	if err != nil {
		return false, err
	}
	cited := make(map[string]bool)
	if k != nil {
		for _, a := range k.Answers {
			cited[symbolKey(a.Symbol)] = true
		}
	}
	for _, r := range citation.Find(strings.Join(h.lines, "\n")) {
		cited[symbolKey(r.Symbol)] = true
	}
	var found []task.Task
	why := ""
	for _, one := range papers {
		if one.Symbol == "" || !cited[symbolKey(one.Symbol)] {
			continue
		}
		for _, t := range open {
			if t.FromPaper == one.ID {
				found, why = append(found, t), "trả lời "+one.Label()
			}
		}
	}
	if len(found) == 0 {
		return false, nil
	}
	i.Kind, i.Why = Result, why
	if len(found) == 1 {
		i.LeadsTo = found[0].ID
	} else {
		i.Why += fmt.Sprintf(", có %d nhiệm vụ đang mở", len(found))
	}
	return true, nil
}

func symbolKey(symbol string) string {
	return strings.NewReplacer(" ", "", "–", "-").Replace(fold.Fold(symbol))
}

// reports looks for what the sender still owes: the period that the paper names, or else the only one there is.
func (p *proposing) reports(i *Incoming) (bool, error) {
	if i.Type != "Báo cáo" {
		return false, nil
	}
	owed, err := report.Due(p.tx, p.by, i.Sender)
	if err != nil || len(owed) == 0 {
		return false, err
	}
	said := fold.Fold(i.Subject)
	var named []report.Obligation
	for _, o := range owed {
		if namesPeriod(said, o.Period) {
			named = append(named, o)
		}
	}
	if len(named) > 1 {
		named = closest(named, fold.Fold(i.Subject))
	}
	switch {
	case len(named) == 1:
		i.Kind, i.LeadsTo = Report, named[0].ID
		i.Why = fmt.Sprintf("văn bản nói %s; cơ quan còn phải gửi %s", named[0].Period.Name(), named[0].RegimeName)
	case len(named) > 1:
		i.Kind, i.Why = Report, fmt.Sprintf("cơ quan còn phải gửi %d báo cáo %s", len(named), named[0].Period.Name())
	case len(owed) == 1 && !periodSaid(said):
		i.Kind, i.LeadsTo = Report, owed[0].ID
		i.Why = fmt.Sprintf("cơ quan chỉ còn phải gửi %s, %s", owed[0].RegimeName, owed[0].Period.Name())
	default:
		return false, nil
	}
	return true, nil
}

// closest are those whose regime's name has most words in common with the subject; several where it does not tell.
func closest(owed []report.Obligation, subject string) (best []report.Obligation) {
	most := -1
	for _, o := range owed {
		common := 0
		for _, word := range strings.Fields(fold.Fold(o.RegimeName)) {
			if strings.Contains(" "+subject+" ", " "+word+" ") {
				common++
			}
		}
		switch {
		case common > most:
			best, most = []report.Obligation{o}, common
		case common == most:
			best = append(best, o)
		}
	}
	return best
}

// namesPeriod looks for a period as offices write it: "quý I năm 2022", "quý I/2022".
func namesPeriod(folded string, period calendar.Period) bool {
	name := fold.Fold(period.Name())
	for _, spelled := range []string{name, strings.Replace(name, " nam ", "/", 1), strings.Replace(name, " nam ", "-", 1), strings.Replace(name, " nam ", " - ", 1)} {
		at := strings.Index(folded, spelled)
		if at >= 0 && (at == 0 || folded[at-1] == ' ' || folded[at-1] == '\n') {
			return true
		}
	}
	return false
}

func periodSaid(folded string) bool { return periodWords().MatchString(folded) }

var periodWords = pattern.Of(`\b(?:quy (?:[1-4]|i{1,3}|iv)|[69] thang|thang \d{1,2}|nam \d{4})\b`)

// textOf says whether anything of a file could be read.
func textOf(d document.Document) bool { return len(d.Blocks) > 0 }
