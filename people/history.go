package people

import (
	"encoding/json"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/journal"
)

// SignedIn is one time that somebody came in, or tried to.
type SignedIn struct {
	At    db.Instant
	Way   string // "password", "code", "recovery_code", "one_click"; "" for one that failed
	From  string // the address it came from; "" where it was not written down
	Known bool   // on a machine that the account had used before
}

// OpenSession is a sign-in that has not ended.
type OpenSession struct {
	ID        string     `db:"id"`
	CreatedAt db.Instant `db:"created_at"`
	SeenAt    db.Instant `db:"seen_at"` // to the ten minutes
}

// SignIns lists when an account was signed in to, the newest first, failures among them: the owner's, or any to who
// manages accounts.
func SignIns(tx *db.Tx, by access.Actor, account db.ID, limit int) (all []SignedIn, err error) {
	a, err := FindAccount(tx, by, string(account))
	if err != nil {
		return nil, err
	}
	var lines []struct {
		At      db.Instant `db:"at"`
		Verb    string     `db:"verb"`
		Details []byte     `db:"details"`
		Private []byte     `db:"private"`
	}
	if err := tx.Select(&lines, `
select at, verb, details, private
from journal
where kind = 'account' and subject = ? and verb in ('signed_in', 'sign_in_failed')
order by seq desc
limit ?`, string(a.ID), limit); err != nil {
		return nil, err
	}
	for _, line := range lines {
		var told struct {
			Way   string `json:"way"`
			Known bool   `json:"known_device"`
			Host  string `json:"host"`
		}
		for _, text := range [][]byte{line.Details, line.Private} {
			if len(text) > 0 {
				if err := json.Unmarshal(text, &told); err != nil {
					return nil, err
				}
			}
		}
		if line.Verb != "signed_in" {
			told.Way = ""
		}
		all = append(all, SignedIn{line.At, told.Way, told.Host, told.Known})
	}
	return all, nil
}

// OpenSessions lists the sessions of an account that have not ended, the newest first.
func OpenSessions(tx *db.Tx, by access.Actor, account db.ID) (all []OpenSession, err error) {
	a, err := FindAccount(tx, by, string(account))
	if err != nil {
		return nil, err
	}
	err = tx.Select(&all, `
select id, created_at, seen_at
from session
where account = ? and ends_at > ? and seen_at > ? and not waits
order by created_at desc, id`, a.ID, tx.Now(), tx.Now()-span(idleLimit))
	return all, err
}

// SignOutEverywhere ends all sessions of an account, this one too: for its owner, and for who manages accounts.
func SignOutEverywhere(tx *db.Tx, by access.Actor, account db.ID) error {
	a, err := FindAccount(tx, by, string(account))
	if err != nil {
		return err
	}
	if err := endSessions(tx, a.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "signed_out_everywhere", subject(a), nil)
	return err
}
