package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/paper"
	"giaoban/record"
)

// pilePage shows which number each paper of a pile would get, before it gets it.
type pilePage struct {
	Date    string
	Here    string // the list it came from
	Lines   []paper.Expected
	Refused []paper.Expected
}

// offerPile says which acts on several papers the list offers, and which rows of it the address asks to be ticked.
func (d *papersData) offerPile(by access.Actor, query url.Values) {
	d.Numbers, d.Releases = by.Can(access.NumberPaper, by.Body), by.Can(access.ReleasePaper, by.Body)
	d.TickAll = query.Get("chon") == "het"
	d.Ticked.Rows = strings.Split(query.Get("chon"), ",")
	all := make(url.Values)
	for name, values := range query {
		all[name] = values
	}
	all.Set("chon", "het")
	d.All = "/van-ban?" + all.Encode()
}

// actOnPapers numbers or releases the papers that are ticked. Numbers are shown before they are entered.
func (s *site) actOnPapers(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, err := papersFor(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	data.Ticked, data.TickAll = tickedIn(r), false
	switch r.PostFormValue("act") {
	case "xem-so", "vao-so":
		return data.numberPile(tx, by, r)
	}
	err = data.Ticked.each(tx, func(id db.ID) (string, error) {
		p, err := paper.Find(tx, by, id)
		if err != nil {
			return "", err
		}
		_, err = record.Release(tx, by, id)
		return cmp.Or(p.Symbol, p.KindName()+" “"+short(p.Subject)+"”"), err
	})
	if err != nil {
		return Reply{Page: "paper/list", Data: data}, err
	}
	return Reply{To: "/van-ban?trang-thai=" + string(paper.Numbered), Said: data.Ticked.Said("Đã phát hành %d văn bản; nơi nhận đọc được từ bây giờ.")}, nil
}

// numberPile shows the numbers, or enters those that were shown.
func (d *papersData) numberPile(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	list := Reply{Page: "paper/list", Data: d}
	if err := d.Ticked.count(); err != nil {
		return list, err
	}
	today := calendar.OfInstant(tx.Clock())
	p := pilePage{Here: d.Here, Date: cmp.Or(strings.TrimSpace(r.PostFormValue("date")), today.Vietnamese())}
	ids, shown := make([]db.ID, len(d.Ticked.Rows)), make([]paper.Expected, len(d.Ticked.Rows))
	for i, row := range d.Ticked.Rows {
		ids[i], shown[i].ID = db.ID(row), db.ID(row)
		shown[i].Number, _ = strconv.ParseInt(r.PostFormValue("number-"+row), 10, 64)
	}
	date, wrong := calendar.ReadDate(p.Date)
	if wrong == nil && r.PostFormValue("act") == "vao-so" {
		numbered, err := paper.EnterNumbers(tx, by, shown, date)
		if err == nil {
			return numberedReply(numbered), nil
		}
		wrong = err
	}
	pile, err := paper.ExpectNumbers(tx, by, ids, date)
	if fault.Is(err, fault.KindInvalid) { // the numbers of today stand beside what is wrong with the day
		wrong = fieldOf("date", cmp.Or(wrong, err))
		pile, err = paper.ExpectNumbers(tx, by, ids, today)
	}
	if err != nil {
		return Reply{}, err
	}
	for _, e := range pile {
		if e.Refused != "" {
			p.Refused = append(p.Refused, e)
			continue
		}
		p.Lines = append(p.Lines, e)
	}
	if len(p.Lines) == 0 {
		for _, e := range p.Refused {
			d.Ticked.refused = append(d.Ticked.refused, refusedRow{e.KindName() + " “" + short(e.Subject) + "”", e.Refused})
		}
		return list, fault.Invalid("rows", "%s", d.Ticked.Refused())
	}
	return Reply{Page: "paper/pile", Data: &p, Again: wrong == nil}, wrong
}

// numberedReply leads to the release of what has its number now.
func numberedReply(numbered []paper.Paper) Reply {
	var symbols, ids []string
	for _, p := range numbered {
		symbols, ids = append(symbols, p.Symbol), append(ids, string(p.ID))
	}
	said := strings.Join(symbols[:min(mostNamed, len(symbols))], ", ")
	if more := len(symbols) - mostNamed; more > 0 {
		said += fmt.Sprintf(" và %d số khác", more)
	}
	query := url.Values{"trang-thai": {string(paper.Numbered)}, "chon": {strings.Join(ids, ",")}}
	return Reply{To: "/van-ban?" + query.Encode(),
		Said: fmt.Sprintf("Đã vào số %d văn bản: %s. Các văn bản này đã được đánh dấu bên dưới để phát hành.", len(numbered), said)}
}
