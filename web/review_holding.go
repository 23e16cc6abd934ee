package web

import (
	"net/http"
	"strconv"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/level"
	"giaoban/org"
	"giaoban/report"
)

// holdingPage is what one body noted of its own holding.
type holdingPage struct {
	Call      level.Call
	Line      level.Line
	Name      string
	Report    string // where its report is
	Province  bool
	Outcomes  []option
	Version   int64
	HeldOn    string
	Notice    string
	Reason    string
	Dropping  string // the reason for dropping, as typed
	MayNote   bool
	AllLevels string // for who looks over all of them
}

func (s *site) showHolding(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadReport, by.Body); err != nil {
		return Reply{}, err
	}
	p, err := holdingOf(tx, by, r)
	return Reply{Page: "review/holding", Data: p}, err
}

func holdingOf(tx *db.Tx, by access.Actor, r *http.Request) (*holdingPage, error) {
	c, b, err := calledBody(tx, by, r)
	if err != nil {
		return nil, err
	}
	line, err := level.LineOf(tx, by, c, b.ID)
	if err != nil {
		return nil, err
	}
	holder := line.Obligation.Holder
	if line.Province() {
		holder = b.ID
	}
	p := &holdingPage{Call: c, Line: line, Name: b.Name, Province: line.Province(), MayNote: by.Can(access.NoteSitting, holder), Dropping: r.PostFormValue("drop_reason"),
		Version: line.Holding.Version, HeldOn: line.Holding.HeldOn.Vietnamese(), Notice: line.Holding.Notice, Reason: line.Holding.Reason}
	outcome := line.Holding.Outcome
	if outcome == "" {
		outcome = conference.SittingHeld
	}
	if r.PostForm.Has("outcome") {
		outcome, p.HeldOn = conference.Outcome(r.PostFormValue("outcome")), r.PostFormValue("held_on")
		p.Notice, p.Reason = r.PostFormValue("notice"), r.PostFormValue("reason")
	}
	for _, o := range conference.Outcomes {
		p.Outcomes = append(p.Outcomes, option{string(o), o.Name(), o == outcome})
	}
	if !line.Province() {
		p.Report = address("obligation", line.Obligation.ID)
	}
	if by.Can(access.ReadConsolidation, by.Body) {
		p.AllLevels = address("review", c.Review) + "/cac-cap"
	}
	return p, nil
}

// calledBody is the body that the address names, with the call it belongs to.
func calledBody(tx *db.Tx, by access.Actor, r *http.Request) (level.Call, org.Body, error) {
	c, err := level.Find(tx, by, db.ID(r.PathValue("review")))
	if err != nil {
		return c, org.Body{}, err
	}
	b, err := bodyOf(tx, by, r, calendar.OfInstant(tx.Clock()))
	return c, b, err
}

func (s *site) noteHolding(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	c, b, err := calledBody(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	var wrong fault.List
	h := level.Holding{Review: c.Review, Body: b.ID, Outcome: conference.Outcome(r.PostFormValue("outcome")), HeldOn: readDay(&wrong, r, "held_on", ""),
		Notice: r.PostFormValue("notice"), Reason: r.PostFormValue("reason")}
	h.Version, _ = strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	if err = wrong.Err(); err == nil {
		_, err = level.Note(tx, by, h)
	}
	return s.holdingDone(tx, by, r, err)
}

func (s *site) dropHolding(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	c, b, err := calledBody(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	return s.holdingDone(tx, by, r, level.Drop(tx, by, c.Review, b.ID, version, r.PostFormValue("drop_reason")))
}

// holdingDone leads back to all levels, or to the body's own page.
func (s *site) holdingDone(tx *db.Tx, by access.Actor, r *http.Request, err error) (Reply, error) {
	if err != nil {
		return withPage(err, func() (Reply, error) { return s.showHolding(tx, by, r) })
	}
	id := db.ID(r.PathValue("review"))
	if by.Can(access.ReadConsolidation, by.Body) {
		return Reply{To: address("review", id) + "/cac-cap"}, nil
	}
	return Reply{To: holdingURL(id, r.PathValue("body"))}, nil
}

// ownHolding is where the holder of what is reported once notes its own conference; "" for reports of any other regime.
func ownHolding(tx *db.Tx, by access.Actor, o report.Obligation) (string, error) {
	if o.Period.Kind() != calendar.Term {
		return "", nil
	}
	c, err := level.OfRegime(tx, by, o.Regime)
	if fault.Is(err, fault.KindMissing) {
		return "", nil
	}
	return holdingURL(c.Review, o.BodyCode), err
}
