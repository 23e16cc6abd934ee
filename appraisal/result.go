package appraisal

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/review"
	"giaoban/task"
)

// NewResult is what the commission is about to say of the latest version, and on which paper. Says is a Result of a formal
// appraisal, else an Opinion.
type NewResult struct {
	Says   string
	Kind   paper.Kind // CongVan or BaoCao
	Signer paper.Signature
}

// DraftResult drafts the paper that says it. What it says becomes the result when the paper is released; until then it is a
// draft like any other.
func DraftResult(tx *db.Tx, by access.Actor, id db.ID, n NewResult) (paper.Paper, error) {
	a, err := Find(tx, by, id)
	if err != nil {
		return paper.Paper{}, err
	}
	if err := by.May(access.ConductAppraisal, a.Body); err != nil {
		return paper.Paper{}, err
	}
	if err := a.underway(); err != nil {
		return paper.Paper{}, err
	}
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return paper.Paper{}, err
	}
	asked, is := a.Asked(commission.ID)
	switch {
	case !is:
		return paper.Paper{}, fault.Conflict("Ban không được hỏi ý kiến về bản này của dự thảo.")
	case asked.SignedAt != 0 && a.Kind == Consulted:
		return paper.Paper{}, fault.Conflict("Ý kiến của Ban về bản này đã ký.")
	}
	says, err := a.says(n.Says)
	if err != nil {
		return paper.Paper{}, err
	}
	if n.Kind != paper.CongVan && n.Kind != paper.BaoCao {
		return paper.Paper{}, fault.Invalid("paper_kind", "Kết quả thẩm định, góp ý là công văn hoặc báo cáo.")
	}
	there, err := a.ResultPaper(tx, by)
	if err != nil {
		return there, err
	}
	if there.ID != "" {
		return there, fault.Conflict("Văn bản về kết quả của bản này đã soạn; xin mở văn bản ấy, hoặc rút nó rồi soạn lại.")
	}
	words, err := a.resultWords(tx, commission, says, n.Kind)
	if err != nil {
		return there, err
	}
	p, err := paper.Draft(tx, by, paper.New{Body: commission.ID, Kind: n.Kind, Content: words, To: []db.ID{a.Body},
		Origin: paper.Origin{Kind: "appraisal", ID: a.ID}, From: a.Label(), Signer: n.Signer})
	if err != nil {
		return p, err
	}
	if _, err := tx.Exec("insert into appraisal_result (paper, appraisal, n, says) values (?, ?, ?, ?)", p.ID, a.ID, a.N, n.Says); err != nil {
		return p, err
	}
	return p, lineage.Link(tx, a.Node(), lineage.Node{Kind: "paper", ID: p.ID, Label: p.Label()}, "kết quả")
}

// says is a result or an opinion in the office's words, as the kind asks for.
func (a Appraisal) says(word string) (string, error) {
	switch {
	case a.Kind == Formal && slices.Contains(Results, Result(word)):
		return Result(word).Name(), nil
	case a.Kind == Consulted && slices.Contains(Opinions, Opinion(word)):
		return Opinion(word).Name(), nil
	}
	return "", fault.Invalid("says", "Xin chọn kết luận về dự thảo.")
}

// ResultPaper is the paper about the latest version that is not withdrawn; without ID while there is none, or none that the
// actor may read.
func (a Appraisal) ResultPaper(tx *db.Tx, by access.Actor) (paper.Paper, error) {
	var ids []db.ID
	if err := tx.Select(&ids, "select paper from appraisal_result where appraisal = ? and n = ?", a.ID, a.N); err != nil || len(ids) == 0 {
		return paper.Paper{}, err
	}
	all, err := paper.Among(tx, by, ids)
	for _, p := range all {
		if p.State != paper.Withdrawn {
			return p, err
		}
	}
	return paper.Paper{}, err
}

// resultWords are the words of the paper: what was sent, who was asked and has answered, the conclusion, and every comment of
// the commission. The conclusion changes only with the record.
func (a Appraisal) resultWords(tx *db.Tx, commission org.Body, says string, kind paper.Kind) (official.Document, error) {
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return official.Document{}, err
	}
	comments, err := commentsOf(tx, a, a.N)
	if err != nil {
		return official.Document{}, err
	}
	author := names[a.Body].Name
	what := "thẩm định"
	if a.Kind == Consulted {
		what = "ý kiến góp ý đối với"
	}
	subject := what + " dự thảo " + a.What()
	layout := official.Letter
	if kind == paper.BaoCao {
		layout = official.Report
		subject = "kết quả " + subject
	}
	fixed := func(format string, args ...any) official.Paragraph {
		p := official.Say(format, args...)
		p.Fixed = true
		return p
	}
	d := official.Document{Kind: layout, Subject: subject, Recipients: []string{"Như trên", "Lãnh đạo Ban"}, Filing: "Văn phòng Ban"}
	if kind == paper.CongVan {
		d.Addressed = []string{author}
	} else {
		d.Recipients = []string{author, "Lãnh đạo Ban"}
	}
	d.Body = append(d.Body, fixed("%s đã nhận dự thảo %s (bản lần %d, gửi ngày %s) do %s soạn thảo, trình %s.", commission.Name, a.What(), a.N,
		calendar.OfInstant(a.SentAt.Time()).Vietnamese(), author, a.AddresseeName))
	if others := a.told(names, commission.ID); a.Kind == Formal && others != "" {
		d.Body = append(d.Body, fixed("%s", others))
	}
	d.Body = append(d.Body, fixed("Ý kiến của %s: %s.", commission.Name, fold.Uncapital(says)))
	if a.Addressee == ToGovernment {
		d.Body = append(d.Body, fixed("Ý kiến này không thay cho thẩm định của cơ quan tư pháp theo quy định của pháp luật."))
	}
	mine := 0
	paragraphs, err := paragraphsOf(tx, a.ID, a.N)
	if err != nil {
		return d, err
	}
	for _, c := range comments {
		if c.Body != commission.ID && !(a.Kind == Formal && c.Signed) || c.Disposed() {
			continue
		}
		if mine++; mine == 1 {
			d.Body = append(d.Body, official.Say("Các ý kiến cụ thể:"))
		}
		from := ""
		if c.Body != commission.ID {
			from = " (" + names[c.Body].Name + ")"
		}
		d.Body = append(d.Body, official.NumberedItem{Level: 1, Runs: official.Text(c.reads(paragraphs) + from)})
	}
	closing := "Đề nghị " + author + " nghiên cứu tiếp thu, giải trình và hoàn thiện dự thảo theo quy định."
	d.Body = append(d.Body, official.Say("%s", closing))
	return d, nil
}

// told says who was asked beside the commission, and who has not answered.
func (a Appraisal) told(names map[db.ID]org.Body, commission db.ID) string {
	var answered, silent []string
	for _, r := range a.Reviewers {
		switch {
		case r.Body == commission:
		case r.SignedAt != 0:
			answered = append(answered, names[r.Body].Name+" ("+fold.Uncapital(r.Says.Name())+")")
		default:
			silent = append(silent, names[r.Body].Name)
		}
	}
	var parts []string
	if len(answered) > 0 {
		parts = append(parts, "đã có ý kiến của "+strings.Join(answered, "; "))
	}
	if len(silent) > 0 {
		parts = append(parts, "chưa trả lời: "+strings.Join(silent, "; "))
	}
	if len(parts) == 0 {
		return ""
	}
	return fold.Capital(strings.Join(parts, "; ")) + "."
}

// reads is a comment as one sentence or two, with the words it is about.
func (c Comment) reads(paragraphs []Paragraph) string {
	where := ""
	if at := keyAt(paragraphs, c.Place.Paragraph); at >= 0 {
		where = "Đoạn “" + short(paragraphs[at].Words()) + "”: "
	}
	text := strings.TrimSuffix(strings.Join(strings.Fields(c.Words), " "), ".")
	if c.Wording != "" {
		if text != "" {
			text += "; "
		}
		text += "đề nghị sửa thành “" + strings.TrimSuffix(strings.Join(strings.Fields(c.Wording), " "), ".") + "”"
	}
	if where == "" {
		text = fold.Capital(text)
	}
	return where + text + "."
}

// Release sends the paper out and makes what it says the result: of a formal appraisal for the draft, else the commission's
// opinion. A review's step that the draft is ends with it, unless the draft is not ready.
func Release(tx *db.Tx, by access.Actor, p paper.Paper) (paper.Paper, error) {
	var rows []struct {
		Appraisal db.ID  `db:"appraisal"`
		N         int    `db:"n"`
		Says      string `db:"says"`
	}
	if err := tx.Select(&rows, "select appraisal, n, says from appraisal_result where paper = ?", p.ID); err != nil {
		return p, err
	}
	released, err := paper.Release(tx, by, p.ID)
	if err != nil || len(rows) == 0 {
		return released, err
	}
	system := access.System("phát hành kết quả thẩm định, góp ý")
	a, err := Find(tx, system, rows[0].Appraisal)
	if err != nil {
		return released, err
	}
	if a.N != rows[0].N || a.State != Reviewing && a.State != Stopped {
		return released, nil // a later version came: the paper is about the one before
	}
	opinion := Opinion(rows[0].Says)
	if a.Kind == Formal {
		if opinion = Supplement; Result(rows[0].Says) == Ready {
			opinion = Agree
		}
	}
	if asked, is := a.Asked(p.Body); is && asked.SignedAt == 0 {
		if err := a.sign(tx, by, p.Body, opinion, "", p.ID); err != nil {
			return released, err
		}
	}
	if a.Kind == Consulted {
		return released, nil
	}
	says := Result(rows[0].Says)
	if err := a.happened(tx, by, Fact{Kind: factConcluded, Says: says, Paper: p.ID},
		journal.Details{"result": says.Name(), "paper": released.Label()}); err != nil {
		return released, err
	}
	if says == Unready || a.Review == "" {
		return released, nil
	}
	return released, a.endStep(tx, system, released)
}

// endStep ends the review's step of appraisal with the paper: by noting it done, or as the result of the task that it is.
func (a Appraisal) endStep(tx *db.Tx, by access.Actor, p paper.Paper) error {
	r, err := review.Find(tx, by, a.Review)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(r.Steps, func(s review.PlannedStep) bool { return s.Step == review.StepAppraisal })
	if at < 0 || r.Steps[at].Over() || !r.Live() {
		return nil
	}
	if s := r.Steps[at]; !s.Free() {
		if s.Standing.State == task.StateDone {
			return nil
		}
		t, err := task.Find(tx, by, s.Task)
		if err != nil {
			return err
		}
		return task.EnterResult(tx, by, s.Task, t.Lead, task.Evidence{Note: fmt.Sprintf("Đã có kết quả thẩm định dự thảo: %s.", p.Label()), Paper: p.Label()})
	}
	return review.FinishStep(tx, by, r.ID, r.Version, review.StepAppraisal, calendar.OfInstant(tx.Clock()), p.Label())
}
