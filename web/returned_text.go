package web

import (
	"net/http"
	"strings"

	"giaoban/access"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
)

// Of a consolidated report, whose paragraphs keep where they came from.

func printedText(tx *db.Tx, by access.Actor, r *http.Request) (d official.Document, version int64, err error) {
	_, c, err := draftedText(tx, by, r)
	if err == nil {
		d, err = consolidation.Document(tx, by, c, "")
	}
	return d, c.Version, err
}

func draftedText(tx *db.Tx, by access.Actor, r *http.Request) (consolidationHead, consolidation.Consolidation, error) {
	head, err := headOf(tx, by, r, "loi-van")
	if err != nil {
		return head, consolidation.Consolidation{}, err
	}
	if err := by.May(access.DraftConsolidation, head.Regime.Receiver); err != nil {
		return head, consolidation.Consolidation{}, err
	}
	c, err := consolidation.Find(tx, by, head.Regime.Code, head.Period)
	if err == nil {
		err = head.take(tx, by, c)
	}
	if err == nil && !head.Forward() {
		err = fault.Conflict("Báo cáo tổng hợp này không ở bước sửa lời văn: đã trình ký hoặc đã ký.")
	}
	return head, c, err
}

func returnedOfText(tx *db.Tx, by access.Actor, r *http.Request) (*returnedPage, consolidation.Consolidation, error) {
	head, c, err := draftedText(tx, by, r)
	if err != nil {
		return nil, c, err
	}
	printed := c.Printed()
	data := &returnedPage{Title: "Bản Word trả về của báo cáo tổng hợp", Base: head.Base + "/ban-word",
		Draft: originLink{head.Base + "/loi-van", "Lời văn tổng hợp, " + head.Period.Name()}, Version: c.Version}
	data.takes = func(l official.ReturnedLine) bool { return consolidation.Takes(printed, l) }
	data.placedAt = func(behind int) string {
		for _, p := range printed {
			if p.Block == behind {
				return p.Section + "." + p.Sector
			}
		}
		return ""
	}
	text := textPage{Draft: c, Head: head, Editable: true}
	text.lay()
	data.places = func(l returnedLine) (all []option) {
		for _, place := range text.Places {
			all = append(all, option{place.Code, place.Name, place.Code == l.Place})
		}
		return append([]option{{"", "(chọn mục, lĩnh vực)", l.Place == ""}}, all...)
	}
	return data, c, nil
}

func (s *site) returnedText(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, _, err := returnedOfText(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	return data.answer(r, nil)
}

func (s *site) takeReturnedText(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, c, err := returnedOfText(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	return data.taken(r, func(chosen []returnedLine) error {
		var lines []consolidation.Taken
		for _, l := range chosen {
			section, sector, _ := strings.Cut(l.Place, ".")
			lines = append(lines, consolidation.Taken{ReturnedLine: l.ReturnedLine, Section: section, Sector: sector})
		}
		_, err := consolidation.TakeReturned(tx, by, c.ID, versionOf(r), data.File, lines)
		return err
	})
}
