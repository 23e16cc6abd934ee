package web

import (
	"net/http"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
	"giaoban/succession"
)

// queuePage lists what waits for the commission: reports to accept, extensions to answer.
type queuePage struct {
	Periods    []queuePeriod
	Extensions []askedLine
	Total      int
	One        bool // a single period was asked for
}

type queuePeriod struct {
	report.Round
	Items []queueItem
	Bound bound
}

type queueItem struct {
	Obligation report.Obligation
	Name       string
	Badge      badge
	Early      bool          // sent before …
	Closes     calendar.Date // … the figures were closed
}

type askedLine struct {
	Extension  report.Extension
	Obligation report.Obligation
	Name       string
}

// How many reports of a period the queue shows: beside other periods, and on the period's own pages.
const queuedAmongOthers, queuedAlone = 50, 200

func (s *site) receivingQueue(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.AcceptReport, by.Body); err != nil {
		if err := by.May(access.GrantReportExtension, by.Body); err != nil {
			return Reply{}, err
		}
	}
	regime, period := r.FormValue("che-do"), r.FormValue("ky")
	data := queuePage{One: regime != ""}
	today := calendar.OfInstant(tx.Clock())
	rounds, err := report.Rounds(tx, by, report.Unreceived, today)
	if err != nil {
		return Reply{}, err
	}
	slices.SortStableFunc(rounds, func(a, b report.Round) int { return b.Period.Compare(a.Period) })
	called, err := succession.AllNames(tx)
	if err != nil {
		return Reply{}, err
	}
	for _, round := range rounds {
		if data.One && (round.Code != regime || round.Period.String() != period) {
			continue
		}
		data.Total += round.All
		from, most := 0, queuedAmongOthers
		if data.One {
			from, most = int(wholeNumber(r.FormValue("sau"))), queuedAlone
		}
		waiting, err := report.StandingIn(tx, by, report.Unreceived, round.Opening, from, most)
		if err != nil {
			return Reply{}, err
		}
		group := queuePeriod{Round: round, Bound: bound{From: from, Shown: len(waiting), Total: round.All, Rest: opened("receive", round.Code, round.Period)}}
		if data.One {
			group.Bound.step(most, "sau")
		}
		for _, o := range waiting {
			group.Items = append(group.Items, queueItem{o, queueName(called, o, today), obligationBadge(o, today), report.SentEarly(o.At, round.Closes), round.Closes})
		}
		data.Periods = append(data.Periods, group)
	}
	asked, err := report.ExtensionsAsked(tx, by)
	if err != nil {
		return Reply{}, err
	}
	for _, e := range asked {
		o, err := report.FindObligation(tx, by, e.Obligation)
		if err != nil {
			return Reply{}, err
		}
		data.Extensions = append(data.Extensions, askedLine{e, o, queueName(called, o, today)})
	}
	return Reply{Page: "report/queue", Data: data}, nil
}

// queueAround finds the neighbours of one version among those of its period that wait.
func queueAround(tx *db.Tx, by access.Actor, sub report.Submission) (queuePosition, error) {
	waiting, err := report.StandingIn(tx, by, report.Unreceived, sub.Opening, 0, 0)
	if err != nil {
		return queuePosition{}, err
	}
	position := queuePosition{Left: len(waiting)}
	for _, o := range waiting {
		switch {
		case o.Latest == sub.ID:
		case o.At < sub.At:
			position.Previous = o.Latest
		case position.Next == "":
			position.Next = o.Latest
		}
	}
	if position.Next == "" && len(waiting) > 0 && waiting[0].Latest != sub.ID {
		position.Next = waiting[0].Latest
	}
	return position, nil
}

// obligationPage is one duty of one body: how it stands, its versions, its extensions, who reminded.
type obligationPage struct {
	Obligation report.Obligation
	BodyName   string
	Badge      badge
	When       string
	Versions   []versionLine
	Proposals  []report.Proposal // what became of those it makes
	Draft      report.SavedDraft
	Extensions []report.Extension
	Reminders  []reminderLine
	Channels   []channel
	MayDraft   bool
	MayEnter   bool
	MayGrant   bool
	MayRemind  bool
	MayWaive   bool
	Waive      string // a reason to wait no more that was refused
	Typed      extensionFields
	Asked      db.ID // the extension being answered
	Note       string
	Waiver     *report.Waiver // the commission waits no more
	Standing   *report.Extension
	Farthest   calendar.Date    // until when an extension may be given
	Shifts     []report.DueFact // how the calendar moved the deadline
	Corrected  extensionFields
	Holding    string // where the body notes its own conference of what is reported once
}

type channel struct{ Code, Name string }

type versionLine struct {
	report.Submission
	Badge badge
	Way   string
}

// showObligation takes a body's officer straight to the working page while something is owed, and a draft's reader to the
// page where it is read; everybody else, and the officer afterwards, sees how it stands.
func (s *site) showObligation(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := report.FindObligation(tx, by, db.ID(r.PathValue("obligation")))
	if err != nil {
		return Reply{}, err
	}
	switch own := by.Can(access.DraftReport, o.Holder); {
	case own && (o.Stage().Locked() || o.Drafted && by.Can(access.ApproveReport, o.Holder)):
		return draftReply(tx, by, r, o)
	case own && o.Owed:
		return s.showSheet(tx, by, r)
	}
	data, err := obligationOf(tx, by, o)
	return Reply{Page: "report/obligation", Data: data}, err
}

func obligationOf(tx *db.Tx, by access.Actor, o report.Obligation) (obligationPage, error) {
	head, err := sheetHead(tx, by, o)
	if err != nil {
		return obligationPage{}, err
	}
	data := obligationPage{Obligation: o, BodyName: head.BodyName, Badge: head.Badge, When: head.When, Holding: head.Holding,
		MayDraft: by.Can(access.DraftReport, o.Holder), MayEnter: by.Can(access.EnterPaperReport, o.Holder),
		MayGrant: by.Can(access.GrantReportExtension, o.Holder) && (o.Owed || o.Waived()), MayRemind: by.Can(access.NoteReminder, o.Holder) && o.Owed,
		MayWaive: by.Can(access.GrantReportExtension, o.Holder) && o.Owed && o.Accepted == ""}
	if data.Proposals, err = report.ProposalsOf(tx, by, o.Body, o.RegimeCode, o.Period); err != nil {
		return data, err
	}
	versions, err := report.History(tx, by, o.ID)
	if err != nil {
		return data, err
	}
	for _, v := range versions {
		data.Versions = append(data.Versions, versionLine{v, submissionBadge(v), wayName(v.Way)})
	}
	if w, ok, err := report.WaiverOf(tx, by, o.ID); err != nil {
		return data, err
	} else if ok {
		data.Waiver = &w
	}
	if data.Draft, err = report.FindDraft(tx, by, o); err != nil {
		return data, err
	}
	if data.Extensions, err = report.Extensions(tx, by, o.ID); err != nil {
		return data, err
	}
	for _, e := range data.Extensions {
		if e.DecidedAt == 0 {
			data.Asked, data.Typed.Due = e.ID, e.AskedDue.String()
		}
	}
	if data.Shifts, err = report.DueFacts(tx, by, o.ID); err != nil {
		return data, err
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return data, err
	}
	data.Farthest = holidays.FarthestExtension(o.Due, calendar.OfInstant(tx.Clock()))
	if by.Can(access.GrantReportExtension, o.Holder) {
		e, ok, err := report.StandingExtension(tx, by, o)
		if err != nil {
			return data, err
		}
		if ok {
			data.Standing = &e
		}
	}
	if by.OfCommission() {
		reminders, err := report.Reminders(tx, by, o.ID)
		if err != nil {
			return data, err
		}
		data.Reminders, data.Channels = remindersOf(reminders), channels()
	}
	return data, nil
}

// reminderLine is one time a body was reminded, with the channel as the office calls it.
type reminderLine struct {
	report.Reminder
	How string
}

func remindersOf(reminders []report.Reminder) (lines []reminderLine) {
	for _, r := range reminders {
		line := reminderLine{r, r.Channel}
		for _, c := range report.Channels {
			if c.Code == r.Channel {
				line.How = c.Name
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func channels() (all []channel) {
	for _, c := range report.Channels {
		all = append(all, channel{c.Code, c.Name})
	}
	return all
}

// grantReportExtension answers what was asked, or gives more time unasked.
func (s *site) grantReportExtension(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := report.FindObligation(tx, by, db.ID(r.PathValue("obligation")))
	if err != nil {
		return Reply{}, err
	}
	refuse := r.PostFormValue("act") == "khong"
	var wrong fault.List
	var due calendar.Date
	if !refuse {
		due = readDay(&wrong, r, "due", "Hãy chọn hạn mới.")
	}
	err = wrong.Err()
	switch asked := db.ID(r.PostFormValue("asked")); {
	case err != nil:
	case asked != "":
		if err = theirExtension(tx, by, o.ID, asked); err == nil {
			err = report.AnswerExtension(tx, by, asked, due, r.PostFormValue("reason"))
		}
	case refuse:
		err = fault.Conflict("Cơ quan này chưa xin gia hạn nên không có gì để từ chối.")
	default:
		err = report.GrantExtension(tx, by, o.ID, due, r.PostFormValue("reason"))
	}
	if err != nil {
		data, again := obligationOf(tx, by, o)
		if again != nil {
			return Reply{}, err
		}
		data.Typed = extensionFields{r.PostFormValue("due"), r.PostFormValue("reason")}
		return Reply{Page: "report/obligation", Data: data}, err
	}
	return Reply{To: "/bao-cao/" + string(o.ID) + "#gia-han"}, nil
}

// correctReportExtension gives the extension that holds another day, or takes it back by its other button.
func (s *site) correctReportExtension(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := report.FindObligation(tx, by, db.ID(r.PathValue("obligation")))
	if err != nil {
		return Reply{}, err
	}
	var wrong fault.List
	var due calendar.Date
	sentence := "Đã thu lại gia hạn; hạn trước đó có hiệu lực lại."
	if r.PostFormValue("act") != "thu" {
		due, sentence = readDay(&wrong, r, "due", "Hãy ghi hạn đúng."), "Đã sửa gia hạn; điều đã ghi trước vẫn còn."
	}
	if err = wrong.Err(); err == nil {
		err = report.CorrectExtension(tx, by, o.ID, due, r.PostFormValue("reason"))
	}
	if err != nil {
		data, again := obligationOf(tx, by, o)
		if again != nil {
			return Reply{}, err
		}
		data.Corrected = extensionFields{r.PostFormValue("due"), r.PostFormValue("reason")}
		return Reply{Page: "report/obligation", Data: data}, refield(err, map[string]string{"due": "corrected-due", "reason": "corrected-reason"})
	}
	return Reply{To: "/bao-cao/" + string(o.ID) + "#gia-han", Said: sentence}, nil
}

// theirExtension makes sure that what is answered was asked for this very report.
func theirExtension(tx *db.Tx, by access.Actor, obligation, extension db.ID) error {
	all, err := report.Extensions(tx, by, obligation)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(e report.Extension) bool { return e.ID == extension }) {
		return fault.Missing("Không có đề nghị gia hạn này.")
	}
	return nil
}

func (s *site) remindReport(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	o, err := report.FindObligation(tx, by, db.ID(r.PathValue("obligation")))
	if err != nil {
		return Reply{}, err
	}
	if err := report.Remind(tx, by, o.ID, r.PostFormValue("channel"), r.PostFormValue("note")); err != nil {
		data, again := obligationOf(tx, by, o)
		if again != nil {
			return Reply{}, err
		}
		data.Note = r.PostFormValue("note")
		return Reply{Page: "report/obligation", Data: data}, err
	}
	return Reply{To: "/bao-cao/" + string(o.ID) + "#don-doc"}, nil
}
