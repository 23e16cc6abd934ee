package web_test

import (
	"fmt"
	"maps"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/review"
)

// A review is seen as work is: by the commission, and by who leads it, answers for it or cooperates.
func init() {
	change := func(form string) route { return with("review", "version=0&"+form, access.PlanReview) }
	maps.Copy(authority, map[string]route{
		"GET /so-ket-tong-ket":                             {acts: []access.Act{access.ReadDirective}, queries: []string{"?nam=2019", "?nam=2022&linh-vuc=LD&chu-tri=SLDTBXH", "?nam=2022&chu-tri=-"}},
		"POST /so-ket-tong-ket/trinh":                      with("", "nam=2022", access.PlanReview),
		"POST /so-ket-tong-ket/duyet":                      with("", "nam=2022&line[]=khong-co:1", access.ConfirmReviews),
		"GET /so-ket-tong-ket/quy-tac":                     on("", access.ReadDirective),
		"POST /so-ket-tong-ket/quy-tac":                    with("", "level=central&type=Kết+luận&years=5&kind=sơ+kết&basis=Thử&applies=co", access.PlanReview),
		"POST /so-ket-tong-ket/quy-tac/buoc":               with("", "days-plan=10", access.PlanReview),
		"GET /so-ket-tong-ket/{year}/ke-hoach.docx":        on("review-year", access.ReadDirective),
		"GET /so-ket-tong-ket/{review}":                    on("review", access.ReadTask),
		"POST /so-ket-tong-ket/{review}/phan-cong":         change("lead={org}"),
		"POST /so-ket-tong-ket/{review}/chi-dao":           change("instruction=Công+văn+1"),
		"POST /so-ket-tong-ket/{review}/go-chi-dao":        change("reason=Thử"),
		"POST /so-ket-tong-ket/{review}/buoc":              change("step=plan&act=dat-ngay&day=01/8/2022&note=Thử"),
		"POST /so-ket-tong-ket/{review}/de-cuong":          change("outline=Thử"),
		"POST /so-ket-tong-ket/{review}/dua-ra":            change("reason=Thử"),
		"POST /so-ket-tong-ket/{review}/dua-lai":           change(""),
		"POST /so-ket-tong-ket/{review}/trinh-lai":         change("reason=Thử"),
		"POST /so-ket-tong-ket/{review}/dung":              change("reason=Thử"),
		"POST /so-ket-tong-ket/{review}/lam-tiep":          change("reason=Thử"),
		"POST /so-ket-tong-ket/{review}/xong":              change("paper=1-BC&on=01/6/2022"),
		"POST /so-ket-tong-ket/{review}/mo-lai":            change("reason=Thử"),
		"GET /van-ban-chi-dao/{directive}/so-ket-tong-ket": on("reviewed", access.ReadDirective),
		"POST /van-ban-chi-dao/{directive}/dieu-khoan":     with("reviewed", "kind=sơ+kết&years=3&words=Ba+năm+sơ+kết", access.PlanReview),
		"POST /van-ban-chi-dao/{directive}/them-ky":        with("reviewed", "kind=tổng+kết&years=15&reason=Thử", access.PlanReview),
		"POST /van-ban-chi-dao/{directive}/bo-dieu-khoan":  {acts: []access.Act{access.PlanReview}, of: "reviewed", form: "clause={clause}&reason=Thử", last: true},
	})
}

// reviews gives each of the five bodies a review to lead, in which its brother before it cooperates.
func (w *world) reviews(tx *db.Tx) error {
	w.objects["review-year"] = []object{{about: "2022", path: map[string]string{"year": "2022"}, org: w.BTGTU.ID}}
	for i, b := range w.bodies {
		d, err := directive.Record(tx, w.Officer, directive.New{Type: "Chỉ thị", Symbol: fmt.Sprintf("%d-CT/TW", 60+i), Date: calendar.On(2017, 9, 11), Issuer: "Ban Bí thư"})
		if err != nil {
			return err
		}
		if err := review.AddClause(tx, w.Officer, d.ID, review.Clause{Kind: review.Mid, Years: 5, Words: "5 năm sơ kết"}); err != nil {
			return err
		}
		clauses, err := review.Clauses(tx, w.Officer, d.ID)
		if err != nil {
			return err
		}
		w.objects["reviewed"] = append(w.objects["reviewed"], object{about: d.Symbol, path: map[string]string{"directive": string(d.ID), "clause": string(clauses[0].ID)}, org: w.BTGTU.ID})
		all, err := review.Of(tx, w.Officer, d.ID)
		if err != nil {
			return err
		}
		brother := w.bodies[(i+len(w.bodies)-1)%len(w.bodies)]
		if err := review.Assign(tx, w.Officer, all[0].ID, all[0].Version, review.Assignment{Lead: b.ID, Unit: w.PKG.ID,
			Cooperating: []review.Cooperation{{Body: brother.ID, Part: "Báo cáo theo đề cương"}}}); err != nil {
			return err
		}
		w.objects["review"] = append(w.objects["review"], object{about: b.Code, path: map[string]string{"review": string(all[0].ID)}, org: b.ID,
			readers: []db.ID{brother.ID}, secrets: []string{string(all[0].ID)}})
	}
	return nil
}
