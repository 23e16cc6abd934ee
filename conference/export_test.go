package conference

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/official"
)

// NoticeDocument shows the tests the notice before it is a paper.
func NoticeDocument(tx *db.Tx, by access.Actor, id db.ID) (official.Document, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return official.Document{}, err
	}
	return noticeDocument(tx, b)
}
