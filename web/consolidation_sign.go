package web

import (
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/report"
)

// wordingPage is what the commission writes around the text: trích yếu, căn cứ, mở đầu, nơi nhận.
type wordingPage struct {
	Head                                        consolidationHead
	Subject, Opening, Bases, Recipients, Filing string
}

func (s *site) showWording(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, c, err := draftToChange(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	w := c.Wording
	return Reply{Page: "consolidation/wording", Data: wordingPage{head, w.Subject, w.Opening, strings.Join(w.Bases, "\n"), strings.Join(w.Recipients, "\n"), w.Filing}}, nil
}

func draftToChange(tx *db.Tx, by access.Actor, r *http.Request) (consolidationHead, consolidation.Consolidation, error) {
	head, err := headOf(tx, by, r, "loi-van")
	if err != nil {
		return head, consolidation.Consolidation{}, err
	}
	if err := by.May(access.DraftConsolidation, head.Regime.Receiver); err != nil {
		return head, consolidation.Consolidation{}, err
	}
	c, err := consolidation.Find(tx, by, head.Regime.Code, head.Period)
	if err != nil {
		return head, c, err
	}
	return head, c, head.take(tx, by, c)
}

func (s *site) changeWording(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, c, err := draftToChange(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	data := wordingPage{head, r.PostFormValue("subject"), r.PostFormValue("opening"), r.PostFormValue("bases"), r.PostFormValue("recipients"), r.PostFormValue("filing")}
	if _, err := consolidation.Reword(tx, by, c.ID, versionOf(r), consolidation.Wording{Subject: data.Subject, Opening: data.Opening,
		Bases: strings.Split(data.Bases, "\n"), Recipients: strings.Split(data.Recipients, "\n"), Filing: data.Filing}); err != nil {
		return Reply{Page: "consolidation/wording", Data: data}, err
	}
	return Reply{To: head.Base + "/loi-van"}, nil
}

// signingPage asks once more before the text is frozen.
type signingPage struct {
	Head    consolidationHead
	Missing []string
	Kept    int
	Signer  signerForm
}

func signingOf(tx *db.Tx, by access.Actor, r *http.Request) (signingPage, consolidation.Consolidation, error) {
	head, err := headOf(tx, by, r, "loi-van")
	if err != nil {
		return signingPage{}, consolidation.Consolidation{}, err
	}
	if err := by.May(access.SignConsolidation, head.Regime.Receiver); err != nil {
		return signingPage{}, consolidation.Consolidation{}, err
	}
	c, err := consolidation.Find(tx, by, head.Regime.Code, head.Period)
	if err != nil {
		return signingPage{}, c, err
	}
	if err := head.take(tx, by, c); err != nil {
		return signingPage{}, c, err
	}
	data := signingPage{Head: head, Signer: readSigner(r)}
	err = data.Signer.offer(tx, by, c.Body, "", "")
	for _, m := range c.Missing {
		name := c.Names[m.Body]
		if name == "" {
			name = m.Body
		}
		data.Missing = append(data.Missing, name)
	}
	for _, g := range c.Groups {
		data.Kept += len(g.Kept())
	}
	return data, c, err
}

func (s *site) confirmSigning(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, _, err := signingOf(tx, by, r)
	return Reply{Page: "consolidation/sign", Data: data}, err
}

func (s *site) signConsolidation(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	data, c, err := signingOf(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	if _, err := consolidation.Sign(tx, by, c.ID, versionOf(r), data.Signer.signature()); err != nil {
		return Reply{Page: "consolidation/sign", Data: data}, err
	}
	return Reply{To: "/van-ban/" + string(c.Paper)}, nil
}

func (s *site) downloadConsolidation(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := headOf(tx, by, r, "")
	if err != nil {
		return Reply{}, err
	}
	format := r.PathValue("format")
	if !slices.Contains([]string{"docx", "pdf", "html", "json"}, format) {
		return Reply{}, fault.Missing("Tải được dạng docx, pdf, html hoặc json.")
	}
	c, err := consolidation.For(tx, by, head.Regime.Code, head.Period, head.include())
	if err != nil {
		return Reply{}, err
	}
	file, err := consolidation.File(tx, by, c, format, r.FormValue("the-thuc"), r.URL.Query()["bieu-do[]"], originAddress)
	if err != nil {
		return Reply{}, err
	}
	if format == "html" && r.FormValue("tep") == "" {
		return Reply{Paper: string(file.Body)}, nil
	}
	return downloaded(file), nil
}

// downloadReceived gives the agencies' own reports as the annexes of one file.
func (s *site) downloadReceived(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := headOf(tx, by, r, "")
	if err != nil {
		return Reply{}, err
	}
	format := r.PathValue("format")
	if !slices.Contains([]string{"docx", "pdf", "html"}, format) {
		return Reply{}, fault.Missing("Tải được dạng docx, pdf hoặc html.")
	}
	c, err := consolidation.For(tx, by, head.Regime.Code, head.Period, report.Accepted)
	if err != nil {
		return Reply{}, err
	}
	file, err := consolidation.ReceivedFile(tx, by, c, format)
	if format == "html" {
		return Reply{Paper: string(file.Body)}, err
	}
	return downloaded(file), err
}

// consolidationByID leads to what a period adds up to.
func (s *site) consolidationByID(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	c, err := consolidation.ByID(tx, by, db.ID(r.PathValue("id")))
	return Reply{To: opened("figures", c.RegimeCode, c.Period)}, err
}

// OriginAddress is where the report or the figure is shown that an origin in a consolidated paper names, for the other
// doors.
func OriginAddress(o official.Origin) string {
	gatherPlaces()
	return originAddress(o)
}

func originAddress(o official.Origin) string {
	kind, rest, _ := strings.Cut(o.Ref, "/")
	if kind != "figure" {
		id, _, _ := strings.Cut(rest, "/")
		return address(kind, db.ID(id))
	}
	at := strings.SplitN(rest, "/", 3)
	if len(at) < 3 {
		return ""
	}
	return fill(places["opening/indicator"].path, "", map[string]string{"regime": at[0], "period": at[1], "indicator": at[2]})
}
