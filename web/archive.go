package web

import (
	"net/http"
	"net/url"
	"strings"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/internal/db"
)

var archiveRoom = room{
	menu: entry{group: paperGroup, name: "Tư liệu cũ", url: "/tu-lieu", key: "g l"},
	pages: []route{
		see("/tu-lieu", (*site).oldFiles, access.ImportArchive),
		raw("/tu-lieu", (*site).takeOldFiles, access.ImportArchive).files(mostOldFiles).
			says("Đã nhận tệp; những gì đọc được đang chờ xác nhận từng chỗ.", "Tư liệu đã nhập", "/tu-lieu"),
		act("/tu-lieu/cua-tinh", (*site).placeEvents, access.ImportArchive).titled("Hội nghị").
			says("Đã ghi hội nghị đó của tỉnh nào.", "Tư liệu đã nhập", "/tu-lieu"),
		see("/tu-lieu/dot/{batch}", (*site).showBatch, access.ImportArchive).shows("batch"),
		see("/tu-lieu/hoi-nghi/{event}", (*site).showPastConference, access.ReadBriefing).of("past").shows("event"),
		see("/tu-lieu/{import}", (*site).confirmOldFile, access.ImportArchive).shows("import"),
		act("/tu-lieu/{import}", (*site).decideQuickly, access.ImportArchive).of("import").
			says("Đã ghi quyết định; chỗ tiếp theo đang chờ xác nhận.", "Tư liệu đã nhập", "/tu-lieu"),
		act("/tu-lieu/{import}/them", (*site).addToOldFile, access.ImportArchive).of("import").
			says("Đã thêm vào bản ghi của tư liệu này.", "Xem mọi chỗ của tư liệu", "/tu-lieu/{import}"),
		act("/tu-lieu/{import}/phan/{field}", (*site).decideField, access.ImportArchive).of("import").
			says("Đã ghi quyết định cho chỗ này; chỗ tiếp theo đang chờ xác nhận.", "Tư liệu đã nhập", "/tu-lieu"),
	},
}

// oldFilesPage lists the old files, how far each has come, and what came of them.
type oldFilesPage struct {
	Counts  archive.Counts
	Filter  archive.Filter
	States  []archive.State
	Kinds   []archive.Kind
	Files   []oldFileLine
	Next    string
	First   string
	Asked   bool // the list is narrowed
	Waiting db.ID
	Batches []archive.Batch
	Events  []archive.Event
}

type oldFileLine struct {
	archive.Listed
	Badge badge
}

func oldFileBadge(s archive.State) badge {
	class := map[archive.State]string{archive.Unseen: "waiting", archive.Begun: "proposed", archive.Settled: "accepted"}[s]
	return badge{class, s.Name()}
}

func (s *site) oldFiles(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ImportArchive, by.Body); err != nil {
		return Reply{}, err
	}
	p := &oldFilesPage{States: archive.States, Kinds: archive.Kinds}
	p.Filter = archive.Filter{State: archive.State(r.FormValue("trang-thai")), Kind: archive.Kind(r.FormValue("loai")), Year: year(r.FormValue("nam")),
		Words: strings.TrimSpace(r.FormValue("tim")), After: r.FormValue("sau")}
	p.Asked = p.Filter != archive.Filter{}
	var err error
	if p.Counts, err = archive.Count(tx, by); err != nil {
		return Reply{}, err
	}
	found, next, err := archive.List(tx, by, p.Filter)
	if err != nil {
		return Reply{}, err
	}
	for _, f := range found {
		p.Files = append(p.Files, oldFileLine{f, oldFileBadge(f.State())})
	}
	if next != "" {
		p.Next = oldFilesURL(p.Filter, next)
	}
	if p.Filter.After != "" {
		p.First = oldFilesURL(p.Filter, "")
	}
	if p.Counts.Unseen+p.Counts.Begun > 0 {
		waiting, err := archive.Waiting(tx, by)
		if err != nil {
			return Reply{}, err
		}
		p.Waiting = waiting
	}
	if p.Batches, err = archive.Batches(tx, by, 5); err != nil {
		return Reply{}, err
	}
	p.Events, err = archive.Events(tx, by, "")
	return Reply{Page: "archive/list", Data: p}, err
}

// year takes a year from an address; what is none asks for all years.
func year(s string) string {
	if len(s) != 4 || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return s
}

func oldFilesURL(f archive.Filter, after string) string {
	q := url.Values{}
	for name, value := range map[string]string{"trang-thai": string(f.State), "loai": string(f.Kind), "nam": f.Year, "tim": f.Words, "sau": after} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return "/tu-lieu"
	}
	return "/tu-lieu?" + q.Encode()
}

// batchPage says what became of the files of one act of bringing in.
type batchPage struct {
	archive.Batch
	Lines   []archive.Line
	Stopped bool  // it ended before all files were read
	First   db.ID // where the confirming begins
	Kept    bool  // it stands in the archive; otherwise nothing was new
}

func (s *site) showBatch(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	b, lines, err := archive.FindBatch(tx, by, db.ID(r.PathValue("batch")))
	if err != nil {
		return Reply{}, err
	}
	p := batchPage{Batch: b, Lines: lines, Kept: true, Stopped: b.Read < b.Found}
	for _, l := range lines {
		if l.Outcome == archive.New && p.First == "" {
			p.First = l.Import
		}
	}
	return Reply{Page: "archive/batch", Data: p}, nil
}

// pastPage is a conference as its files tell it.
type pastPage struct {
	archive.Told
	Live    string // address of the conference in the program of the same period
	Groups  []pastGroup
	Badge   badge
	Asks    bool // whose it was is a person's to say, and may be said otherwise
	Linked  bool
	MayOpen bool // the files themselves
}

type pastGroup struct {
	Kind   archive.FieldKind
	Fields []archive.Field
}

func (s *site) showPastConference(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	told, err := archive.FindEvent(tx, by, db.ID(r.PathValue("event")))
	if err != nil {
		return Reply{}, err
	}
	p := pastPage{Told: told, MayOpen: by.Can(access.ImportArchive, told.Body), Live: address("briefing", told.Conference()), Badge: eventBadge(told.Event)}
	p.Asks = p.MayOpen && (told.Asks() || told.Answer != "")
	for _, kind := range []archive.FieldKind{archive.ResultField, archive.FigureField, archive.DifficultyField, archive.ShortcomeField, archive.ConclusionField,
		archive.CitationField, archive.ReviewField, archive.BodyField, archive.CaptionField} {
		if fields := told.Of(kind); len(fields) > 0 {
			p.Groups = append(p.Groups, pastGroup{kind, fields})
		}
	}
	p.Linked, err = linked(tx, by, "event", told.ID)
	return Reply{Page: "archive/past", Data: p}, err
}
