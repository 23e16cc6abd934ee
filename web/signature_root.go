package web

import (
	"io"
	"net/http"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/signature"
)

const rootsURL = "/thiet-lap/chung-thu-goc"

var signatureRoom = room{
	menu: entry{group: officeGroup, name: "Chứng thư gốc", url: rootsURL},
	pages: []route{
		see(rootsURL, (*site).listRoots, access.ManageSignatureRoots),
		act(rootsURL, (*site).addRoots, access.ManageSignatureRoots).files(1).
			says("Đã nạp chứng thư gốc. Hãy đối chiếu dấu vân tay với nơi cấp.", "Chứng thư gốc", rootsURL),
		act(rootsURL+"/bo", (*site).removeRoot, access.ManageSignatureRoots).
			says("Đã bỏ chứng thư gốc; điều đã ghi trước vẫn còn.", "Chứng thư gốc", rootsURL),
	},
}

// rootsPage lists the certificates that the administrator entered, and those taken out again.
type rootsPage struct {
	Held, Past []signature.Root
	PEM        string // typed
	Root       db.ID  // whose removal was refused
	Reason     string
}

func (s *site) listRoots(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	all, err := signature.Roots(tx, by)
	if err != nil {
		return Reply{}, err
	}
	p := rootsPage{PEM: r.PostFormValue("pem"), Root: db.ID(r.PostFormValue("root")), Reason: r.PostFormValue("reason")}
	for _, root := range all {
		if root.Holds() {
			p.Held = append(p.Held, root)
		} else {
			p.Past = append(p.Past, root)
		}
	}
	return Reply{Page: "org/roots", Data: p}, nil
}

func (s *site) addRoots(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.listRoots(tx, by, r)
	if err != nil {
		return again, err
	}
	text, err := s.rootsSent(r)
	if err == nil {
		_, err = signature.AddRoots(tx, by, text)
	}
	if err != nil {
		return again, err
	}
	return Reply{To: rootsURL}, nil
}

// rootsSent is the file that was sent, else what was pasted.
func (s *site) rootsSent(r *http.Request) ([]byte, error) {
	if err := refusedUpload(r); err != nil {
		return nil, err
	}
	sent := s.uploads(r, "file")
	if len(sent) == 0 {
		return []byte(r.PostFormValue("pem")), nil
	}
	f, err := sent[0].Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, 2<<20)) // more than the room takes
}

func (s *site) removeRoot(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.listRoots(tx, by, r)
	if err != nil {
		return again, err
	}
	id := db.ID(r.PostFormValue("root"))
	_, err = signature.RemoveRoot(tx, by, id, r.PostFormValue("reason"))
	if f := fault.Of(err); f != nil {
		for i := range f.Problems {
			f.Problems[i].Field = "reason-" + string(id)
		}
	}
	if err != nil {
		return again, err
	}
	return Reply{To: rootsURL}, nil
}
