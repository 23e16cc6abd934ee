package web

import (
	"io"
	"net/http"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/library"
)

var libraryRoom = room{
	pages: []route{
		see("/tep/{file}", (*site).sendStored, access.ReadFile).shows("file"),
	},
}

// sendStored gives a file to whoever may read it, always as an attachment and under the media type found in its content.
func (s *site) sendStored(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	f, err := library.Find(tx, by, db.ID(r.PathValue("file")))
	if err != nil {
		return Reply{}, err
	}
	return Reply{Download: &Download{Name: f.Name, Type: f.Kind, Open: func() (io.ReadCloser, error) {
		return s.Files.Reader(f.SHA256)
	}}}, nil
}
