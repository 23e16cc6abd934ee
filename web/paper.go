package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/record"
)

var paperRoom = room{
	menu: entry{group: paperGroup, name: "Văn bản", url: "/van-ban", needs: needsRegime, key: "g v"},
	pages: []route{
		see("/van-ban", (*site).papers, access.ReadPaper).named("paper/list", "?trang-thai={state}"),
		see("/van-ban/so", (*site).showBooks, access.ManageBooks).titled("Sổ văn bản"),
		act("/van-ban/so", (*site).saveBooks, access.ManageBooks).titled("Sổ văn bản").
			says("Đã ghi số tiếp theo của các sổ.", "Sổ văn bản", "/van-ban/so"),
		see("/the-thuc/{profile}", (*site).paperStyle, EveryAccount),
		see("/van-ban/{id}", (*site).showPaper, access.ReadPaper).shows("paper"),
		see("/van-ban/{id}/xem", (*site).viewPaper, access.ReadPaper).of("paper"),
		see("/van-ban/{id}/tai/{format}", (*site).downloadPaper, access.ReadPaper).of("paper"),
		act("/van-ban/{id}/ky", (*site).signPaper, access.SignPaper).of("paper").
			says("Đã ký văn bản. Tiếp theo: văn thư vào số và phát hành.", "Văn bản chờ xử lý", "/van-ban"),
		act("/van-ban/{id}/vao-so", (*site).numberPaper, access.NumberPaper).of("paper").
			says("Đã vào số văn bản. Tiếp theo: phát hành.", "Văn bản chờ xử lý", "/van-ban"),
		act("/van-ban/{id}/phat-hanh", (*site).releasePaper, access.ReleasePaper).of("paper").
			says("Đã phát hành văn bản; nơi nhận đọc được từ bây giờ.", "Văn bản chờ xử lý", "/van-ban"),
		act("/van-ban/{id}/rut", (*site).withdrawPaper, access.ReleasePaper).of("paper-released"). // a draft: who drafts it
														says("Đã rút văn bản; lý do đã ghi vào nhật ký.", "Mọi văn bản", "/van-ban"),
		act("/van-ban/{id}/du-thao-moi", (*site).redraftPaper, access.DraftPaper).of("paper").
			says("Đã lập lại dự thảo theo nội dung hiện nay; chưa ai ký bản này.", "Mọi văn bản", "/van-ban"),
	},
}

func paperBadge(state paper.State) badge {
	class := map[paper.State]string{paper.Drafted: "draft", paper.Signed: "waiting", paper.Numbered: "waiting",
		paper.Released: "accepted", paper.Withdrawn: "nil"}[state]
	return badge{class, state.Name()}
}

// papersData is the list of papers.
type papersData struct {
	Lines  []paperLine
	Kind   paper.Kind
	State  paper.State
	Kinds  []paper.Kind
	States []paper.State
	Words  string
	Sort   string
	Heads  []sortHead
	Bound  bound
	Next   string
}

// mostPapers is how many papers stand on one page.
const mostPapers = 50

var paperOrders = map[string]func(a, b paper.Paper) int{
	"so": func(a, b paper.Paper) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Number, b.Number))
	},
	"trich-yeu": func(a, b paper.Paper) int { return cmp.Compare(fold.SortKey(a.Subject), fold.SortKey(b.Subject)) },
	"ngay":      func(a, b paper.Paper) int { return a.Date.Compare(b.Date) },
	"trang-thai": func(a, b paper.Paper) int {
		return slices.Index(paperStates, a.State) - slices.Index(paperStates, b.State)
	},
}

var paperStates = []paper.State{paper.Drafted, paper.Signed, paper.Numbered, paper.Released, paper.Withdrawn}

type paperLine struct {
	paper.Paper
	Badge badge
}

func (s *site) papers(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadPaper, by.Body); err != nil {
		return Reply{}, err
	}
	data := papersData{Kind: paper.Kind(r.FormValue("loai")), State: paper.State(r.FormValue("trang-thai")), Kinds: paper.Kinds,
		States: paperStates, Words: strings.TrimSpace(r.FormValue("tim")), Sort: r.FormValue("xep"), Bound: bound{From: int(wholeNumber(r.FormValue("tu")))}}
	order := turned(data.Sort, paperOrders[strings.TrimPrefix(data.Sort, "-")])
	f := paper.Filter{Kind: data.Kind, State: data.State, Limit: mostPapers, Cursor: db.ID(r.FormValue("sau"))}
	query := r.URL.Query()
	query.Del("tu")
	query.Del("sau")
	var list []paper.Paper
	var all int
	var next db.ID
	var err error
	if data.Words == "" && order == nil {
		list, next, err = paper.List(tx, by, f)
	} else {
		f.Cursor = ""
		list, all, err = paper.Search(tx, by, f, data.Words, order, data.Bound.From)
		data.Bound = bound{From: min(data.Bound.From, all), Shown: len(list), Total: all, Rest: strings.TrimSuffix("/van-ban?"+query.Encode(), "?")}
		data.Bound.step(mostPapers, "tu")
	}
	if err != nil {
		return Reply{}, err
	}
	for _, p := range list {
		data.Lines = append(data.Lines, paperLine{p, paperBadge(p.State)})
	}
	data.Heads = sortHeads("/van-ban", query, data.Sort, "", [2]string{"so", "Số, ký hiệu"}, [2]string{"trich-yeu", "Trích yếu"},
		[2]string{"ngay", "Ngày"}, [2]string{"trang-thai", "Trạng thái"})
	if next != "" {
		query.Set("sau", string(next))
		data.Next = "/van-ban?" + query.Encode()
	}
	return Reply{Page: "paper/list", Data: data}, nil
}

// paperData is one paper with its sheet, what was remarked on it and what may be done next.
type paperData struct {
	Paper      paper.Paper
	Badge      badge
	Sheet      template.HTML
	Profile    official.Profile
	Style      string // address of the sheet's stylesheet
	Findings   []paper.Finding
	Recipients []org.Body
	Origin     originLink
	Ahead      paper.Ahead
	MaySign    bool
	MayNumber  bool
	MayRelease bool
	MayDraft   bool
	MayLeave   bool // withdraw
	Signer     signerForm
	Number     string
	Date       string
	Reason     string
}

// originLink leads to what the paper was written for.
type originLink struct{ URL, Label string }

func (s *site) showPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := paper.Find(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return Reply{}, err
	}
	return paperPage(tx, by, p, paperData{})
}

// paperPage builds the page of a paper; data holds what was typed when a step was refused.
func paperPage(tx *db.Tx, by access.Actor, p paper.Paper, data paperData) (Reply, error) {
	data.Paper, data.Badge = p, paperBadge(p.State)
	doc, err := paper.Document(tx, by, p.ID)
	if err != nil {
		return Reply{}, err
	}
	data.Profile, data.Style = doc.Profile, "/the-thuc/"+doc.Profile.Code+".css"
	if data.Sheet, err = official.HTML(doc, official.HTMLOptions{TopHeading: 2}); err != nil {
		return Reply{}, err
	}
	data.Sheet = citedHTML(data.Sheet, p.Symbol)
	if data.Findings, err = paper.Lint(tx, by, p.ID); err != nil {
		return Reply{}, err
	}
	to, err := paper.Recipients(tx, by, p.ID)
	if err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, today)
	if err != nil {
		return Reply{}, err
	}
	for _, id := range to {
		data.Recipients = append(data.Recipients, names[id])
	}
	if err := data.origin(tx, by); err != nil {
		return Reply{}, err
	}
	data.MaySign = p.State == paper.Drafted && !data.Ahead.Elsewhere && by.Can(access.SignPaper, p.Body)
	data.MayDraft = p.State == paper.Drafted && by.Can(access.DraftPaper, p.Body)
	data.MayNumber = (p.State == paper.Signed || p.State == paper.Numbered) && by.Can(access.NumberPaper, p.Body)
	data.MayRelease = p.State == paper.Numbered && by.Can(access.ReleasePaper, p.Body)
	data.MayLeave = p.State == paper.Drafted && data.MayDraft || p.State == paper.Signed && by.Can(access.SignPaper, p.Body) || p.State == paper.Numbered && by.Can(access.ReleasePaper, p.Body)
	if data.MaySign {
		if err := data.Signer.offer(tx, by, p.Body, p.Profile, p.ToSign); err != nil {
			return Reply{}, err
		}
	}
	if data.MayNumber && data.Number == "" {
		// The next number is offered, never set: the same book also numbers papers made elsewhere.
		n := p.Number
		if n == 0 {
			if n, err = paper.NextNumber(tx, by, p.ID, today); err != nil {
				return Reply{}, err
			}
		}
		day := today
		if !p.Date.IsZero() {
			day = p.Date
		}
		data.Number, data.Date = cmp.Or(data.Number, strconv.FormatInt(n, 10)), cmp.Or(data.Date, day.Vietnamese())
	}
	return Reply{Page: "paper/show", Data: data}, nil
}

// origin finds the page of what the paper was written for, and what its signature and release will do there.
func (data *paperData) origin(tx *db.Tx, by access.Actor) error {
	of := data.Paper.Origin()
	shown, err := record.See(tx, by, of.Kind, []db.ID{of.ID})
	if err != nil {
		return err
	}
	if s, ok := shown[of.ID]; ok {
		data.Origin = originLink{address(of.Kind, of.ID), cmp.Or(s.Label, kindName(of.Kind))}
		data.Ahead, err = record.Ahead(tx, by, data.Paper.ID)
	}
	return err
}

// paperStyle gives the measures of a layout to the pages that show a sheet.
func (s *site) paperStyle(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, ok := official.ProfileByCode(strings.TrimSuffix(r.PathValue("profile"), ".css"))
	if !ok {
		return Reply{}, fault.Missing("Không có thể thức này.")
	}
	return Reply{Download: &Download{Name: p.Code + ".css", Type: "text/css; charset=utf-8", Body: []byte(official.CSS(p))}}, nil
}

func (s *site) viewPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	file, err := paper.Render(tx, by, db.ID(r.PathValue("id")), "html")
	return Reply{Paper: string(file.Body)}, err
}

func (s *site) downloadPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	file, err := paper.Render(tx, by, db.ID(r.PathValue("id")), r.PathValue("format"))
	if err != nil {
		return Reply{}, err
	}
	return Reply{Download: &Download{Name: file.Name, Type: file.Type, Body: file.Body}}, nil
}

// step runs one step of a paper's life and goes back to its page, with what was typed when the step is refused.
func (s *site) step(tx *db.Tx, by access.Actor, r *http.Request, typed paperData, do func(p paper.Paper) error) (Reply, error) {
	p, err := paper.Find(tx, by, db.ID(r.PathValue("id")))
	if err != nil {
		return Reply{}, err
	}
	if err := do(p); err != nil {
		return withPage(err, func() (Reply, error) { return paperPage(tx, by, p, typed) })
	}
	return Reply{To: "/van-ban/" + string(p.ID)}, nil
}

func (s *site) signPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	f := readSigner(r)
	version, _ := strconv.ParseInt(r.FormValue("version"), 10, 64)
	sign := f.signature()
	sign.Version = version
	return s.step(tx, by, r, paperData{Signer: f}, func(p paper.Paper) error {
		_, err := record.Sign(tx, by, p.ID, sign)
		return err
	})
}

func (s *site) numberPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	typed := paperData{Number: strings.TrimSpace(r.FormValue("number")), Date: strings.TrimSpace(r.FormValue("date"))}
	var numbered paper.Paper
	reply, err := s.step(tx, by, r, typed, func(p paper.Paper) error {
		var wrong fault.List
		number, err := strconv.ParseInt(strings.ReplaceAll(typed.Number, ".", ""), 10, 64)
		if err != nil {
			wrong.Add("number", "Số “%s” không phải số nguyên; hãy viết như 12.", typed.Number)
		}
		day, err := calendar.ReadDate(typed.Date)
		if err := wrong.AddError("date", err); err != nil {
			return err
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		numbered, err = paper.EnterNumber(tx, by, p.ID, number, day)
		return err
	})
	reply.Said = fmt.Sprintf("Đã vào số %s. Tiếp theo: phát hành.", numbered.Symbol)
	return reply, err
}

func (s *site) releasePaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.step(tx, by, r, paperData{}, func(p paper.Paper) error {
		_, err := record.Release(tx, by, p.ID)
		return err
	})
}

func (s *site) withdrawPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.step(tx, by, r, paperData{Reason: r.FormValue("reason")}, func(p paper.Paper) error {
		_, err := paper.Withdraw(tx, by, p.ID, r.FormValue("reason"))
		return err
	})
}

func (s *site) redraftPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.step(tx, by, r, paperData{}, func(p paper.Paper) error {
		version, _ := strconv.ParseInt(r.FormValue("version"), 10, 64)
		_, err := paper.Redraft(tx, by, p.ID, version)
		return err
	})
}

// lineageURL is where a record's origins and consequences are shown.
func lineageURL(n lineage.Node) string { return "/nguon-goc/" + n.Kind + "/" + string(n.ID) }
