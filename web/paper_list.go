package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/paper"
)

// papersData is the list of papers.
type papersData struct {
	Compose string // where a paper is begun by hand; "" for who writes none
	Lines   []paperLine
	Kind    paper.Kind
	State   paper.State
	Kinds   []paper.Kind
	States  []paper.State
	Words   string
	Sort    string
	Heads   []sortHead
	Bound   bound
	Next    string

	Numbers, Releases bool // the actor may enter numbers, may release
	ToNumber          bool // and a paper of this page waits for that
	ToRelease         bool
	TickAll           bool
	Ticked            ticked
	All               string // this page with all its rows ticked
	Here              string // this page of the list
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
		return slices.Index(paper.States, a.State) - slices.Index(paper.States, b.State)
	},
}

type paperLine struct {
	paper.Paper
	Badge badge
	Waits bool // for its number or its release, by this actor
}

func (s *site) papers(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, err := papersFor(tx, by, r)
	return Reply{Page: "paper/list", Data: data}, err
}

// papersFor is the list as the address asks for it.
func papersFor(tx *db.Tx, by access.Actor, r *http.Request) (papersData, error) {
	if err := by.May(access.ReadPaper, by.Body); err != nil {
		return papersData{}, err
	}
	data := papersData{Kind: paper.Kind(r.FormValue("loai")), State: paper.State(r.FormValue("trang-thai")), Kinds: paper.Kinds,
		States: paper.States, Words: strings.TrimSpace(r.FormValue("tim")), Sort: r.FormValue("xep"), Bound: bound{From: int(wholeNumber(r.FormValue("tu")))}}
	if by.Can(access.DraftPaper, by.Body) {
		data.Compose = composeURL
	}
	order := turned(data.Sort, paperOrders[strings.TrimPrefix(data.Sort, "-")])
	f := paper.Filter{Kind: data.Kind, State: data.State, Limit: mostPapers, Cursor: db.ID(r.FormValue("sau"))}
	query := r.URL.Query()
	data.Here = strings.TrimSuffix("/van-ban?"+query.Encode(), "?")
	data.offerPile(by, query)
	query.Del("chon")
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
		return papersData{}, err
	}
	for _, p := range list {
		number, release := p.State == paper.Signed && data.Numbers, p.State == paper.Numbered && data.Releases
		data.ToNumber, data.ToRelease = data.ToNumber || number, data.ToRelease || release
		data.Lines = append(data.Lines, paperLine{p, paperBadge(p), number || release})
	}
	data.Heads = sortHeads("/van-ban", query, data.Sort, "", [2]string{"so", "Số, ký hiệu"}, [2]string{"trich-yeu", "Trích yếu"},
		[2]string{"ngay", "Ngày"}, [2]string{"trang-thai", "Trạng thái"})
	if next != "" {
		query.Set("sau", string(next))
		data.Next = "/van-ban?" + query.Encode()
	}
	return data, nil
}
