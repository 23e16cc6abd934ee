package review

import (
	"strconv"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/paper"
)

// planOrigin is what the plan of a year is written for.
func planOrigin(year int) paper.Origin {
	return paper.Origin{Kind: "review_list", ID: db.ID(strconv.Itoa(year))}
}

// PlanPaper is the plan of a year's reviews as a paper, or what replaced it; without ID while there is none, none for this
// reader, or only one that was revoked.
func PlanPaper(tx *db.Tx, by access.Actor, year int) (paper.Paper, error) {
	if !by.Can(access.ReadPaper, by.Body) {
		return paper.Paper{}, nil
	}
	all, _, err := paper.List(tx, by, paper.Filter{Kind: paper.KeHoach, Origin: planOrigin(year)})
	for _, p := range all {
		if p, err = paper.Latest(tx, by, p); err != nil || p.State != paper.Withdrawn && !p.Revoked {
			return p, err
		}
	}
	return paper.Paper{}, err
}

// DraftPlan drafts the plan of a year's reviews: from there on it is edited, signed, numbered and released as any paper.
func DraftPlan(tx *db.Tx, by access.Actor, year int, signer paper.Signature) (paper.Paper, error) {
	all, commission, err := listOf(tx, by, year, access.PlanReview)
	if err != nil {
		return paper.Paper{}, err
	}
	there, err := PlanPaper(tx, by, year)
	if err != nil {
		return there, err
	}
	if there.ID != "" {
		return there, fault.Conflict("Kế hoạch năm %d đã được soạn. Xin mở văn bản đó; muốn soạn lại thì rút bản cũ trước; bản đã phát hành thì thay thế hoặc thu hồi ở trang của nó.", year)
	}
	if len(all) == 0 {
		return there, fault.Conflict("Năm %d không có văn bản nào đến kỳ sơ kết, tổng kết nên không có kế hoạch.", year)
	}
	d, err := YearPlan(tx, by, year)
	if err != nil {
		return there, err
	}
	words := official.Document{Kind: d.Kind, TypeName: d.TypeName, Subject: d.Subject, Body: d.Body, Annexes: d.Annexes, Recipients: d.Recipients, Filing: d.Filing}
	p, err := paper.Draft(tx, by, paper.New{Body: commission, Kind: paper.KeHoach, Content: words, Origin: planOrigin(year), Signer: signer})
	if err != nil {
		return p, err
	}
	var edges []lineage.Edge
	for _, r := range all {
		if s := r.State(); s != Removed && s != Stopped {
			edges = append(edges, lineage.Edge{From: r.Node(), To: lineage.Node{Kind: "paper", ID: p.ID, Label: p.Label()}, Verb: "ghi trong"})
		}
	}
	if len(edges) == 0 {
		return p, nil
	}
	return p, lineage.LinkAll(tx, edges)
}
