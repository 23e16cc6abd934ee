package web

import (
	"bytes"
	"io"
	"net/http"
	"strings"

	"giaoban/access"
	"giaoban/edxml"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/library"
	"giaoban/paper"
)

func (s *site) viewPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	file, err := paper.Render(tx, by, db.ID(r.PathValue("id")), "html", "")
	return Reply{Paper: string(file.Body)}, err
}

func (s *site) downloadPaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id, at := db.ID(r.PathValue("id")), ""
	if "."+r.PathValue("format") == edxml.Ending {
		return s.paperPacket(tx, by, id)
	}
	if r.FormValue("ma-qr") != "" {
		at = ownAddress(r) + address("paper", id)
	}
	file, err := paper.Render(tx, by, id, r.PathValue("format"), at)
	return downloaded(file), err
}

// paperPacket is a paper as other offices' programs take it: with the original as it was signed where there is one, else as the
// program lays it out.
func (s *site) paperPacket(tx *db.Tx, by access.Actor, id db.ID) (Reply, error) {
	laid, err := paper.Render(tx, by, id, "pdf", "")
	if err != nil {
		return Reply{}, err
	}
	name := strings.TrimSuffix(laid.Name, ".pdf") + edxml.Ending
	inside := edxml.File{Name: laid.Name, Type: laid.Type, Content: laid.Body}
	original, err := paper.Scanned(tx, by, id)
	switch {
	case err == nil:
		if inside, err = s.attachment(original); err != nil {
			return Reply{}, err
		}
	case !fault.Is(err, fault.KindMissing):
		return Reply{}, err
	}
	p, err := paper.Packet(tx, by, id, []edxml.File{inside})
	if err != nil {
		return Reply{}, err
	}
	var out bytes.Buffer
	err = edxml.Write(&out, p, tx.Clock())
	return Reply{Download: &Download{Name: name, Type: edxml.MIME, Body: out.Bytes()}}, err
}

// attachment reads a file of the library into a packet.
func (s *site) attachment(f library.File) (edxml.File, error) {
	r, err := s.Files.Reader(f.SHA256)
	if err != nil {
		return edxml.File{}, err
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	return edxml.File{Name: f.Name, Type: f.Kind, Content: content}, err
}
