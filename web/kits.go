package web

import (
	"net/http"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
)

var kitsRoom = room{
	menu: regimeRoom.menu,
	pages: []route{
		see("/thiet-lap/bo-mau", (*site).kits, access.ManageRegime).titled("Bộ mẫu chế độ báo cáo").named("kit/list"),
		act("/thiet-lap/bo-mau", (*site).useKit, access.ManageRegime).
			says("Đã dùng bộ mẫu.", "Xem chế độ báo cáo", "/che-do"),
	},
}

// kitsPage lists the kits with what is in them and what the office has made of them.
type kitsPage struct {
	Kits []kitCard
	// Without tells that nobody can be asked yet: no body of the directory answers for a sector.
	Without bool
}

type kitCard struct {
	report.Kit
	Regime report.Regime // made of it; no ID when it is not in use
	Chosen map[string]bool
	Parts  []report.KitPart
	First  bool // the one an office begins with: the quarter's, as long as it is not in use
}

// conferencePart is the part of a kit that plans the conference of its period.
const conferencePart = "hoi-nghi"

func (s *site) kits(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ManageRegime, by.Body); err != nil {
		return Reply{}, err
	}
	var p kitsPage
	bodies, err := org.SectorsOn(tx, by, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Reply{}, err
	}
	p.Without = len(bodies) == 0
	chosen := r.PostForm["parts[]"]
	for _, k := range report.Kits() {
		c := kitCard{Kit: k, Parts: k.Parts(), Chosen: make(map[string]bool)}
		if k.Conference != nil && by.Can(access.PrepareBriefing, by.Body) {
			c.Parts = append(c.Parts, report.KitPart{Code: conferencePart, Name: "Lên kế hoạch hội nghị giao ban của kỳ này"})
		}
		for _, part := range c.Parts {
			c.Chosen[part.Code] = r.PostFormValue("kit") != k.Code || slices.Contains(chosen, part.Code)
		}
		c.Regime, err = report.FindRegime(tx, by, k.Code)
		if err != nil && !fault.Is(err, fault.KindMissing) {
			return Reply{}, err
		}
		c.First = c.Regime.ID == "" && k.Conference != nil
		p.Kits = append(p.Kits, c)
	}
	return Reply{Page: "regime/kits", Data: p}, nil
}

// useKit makes a regime of a kit, without the parts that were left out.
func (s *site) useKit(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.kits(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	parts := slices.DeleteFunc(slices.Clone(r.PostForm["parts[]"]), func(code string) bool { return code == conferencePart })
	if len(parts) == 0 {
		return again, fault.Invalid("parts", "Hãy giữ ít nhất một phần của bộ mẫu.")
	}
	used, err := report.UseKit(tx, by, r.PostFormValue("kit"), parts)
	if err != nil {
		return again, err
	}
	said := used.Sentence()
	if slices.Contains(r.PostForm["parts[]"], conferencePart) {
		b, made, err := conference.PlanByKit(tx, by, used.Regime)
		if err != nil {
			return again, err
		}
		if made {
			said += " Đã lên kế hoạch “" + b.Name() + "”; còn chọn ngày họp."
		}
	}
	return Reply{To: "/che-do/" + used.Regime.Code, Said: said}, nil
}
