package official

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"giaoban/internal/pattern"
)

// The PDF library writes neither form fields nor an identity of the file, and an empty list of attachments. So its
// objects are taken out of its file, completed and written again.

var errNotAsWritten = errors.New("bản PDF không có cấu trúc như thư viện vẫn ghi")

// finishPDF completes the file that the library wrote: fields for signatures, the title in the window, an identity that
// follows from the content. dated: the day inside is the paper's own; otherwise it is taken out.
func finishPDF(file []byte, places []signPlace, dated bool) ([]byte, error) {
	objects, err := pdfObjects(file)
	if err != nil {
		return nil, err
	}
	catalog, info := &objects[len(objects)-1], &objects[len(objects)-2]
	if !bytes.Contains(*catalog, []byte("/Type /Catalog")) || !bytes.Contains(*info, []byte("/Producer")) {
		return nil, errNotAsWritten
	}
	if !dated {
		*info = pdfDates().ReplaceAll(*info, nil)
	}
	entries := "/ViewerPreferences <</DisplayDocTitle true>>"
	var fields []string
	annotations := map[int][]string{} // by object of the page
	for i, place := range places {
		number := len(objects) + 1 + i
		page := 1 + 2*place.page // as the library numbers them
		fields = append(fields, reference(number))
		annotations[page] = append(annotations[page], reference(number))
	}
	if len(fields) > 0 {
		entries += "\n/AcroForm <</Fields [" + strings.Join(fields, " ") + "]>>"
	}
	*catalog = pdfNames().ReplaceAllLiteral(*catalog, []byte(entries+"\n>>"))
	for page, list := range annotations {
		object := &objects[page-1]
		if !bytes.Contains(*object, []byte("/Type /Page\n")) || bytes.Contains(*object, []byte("/Annots")) {
			return nil, errNotAsWritten
		}
		*object = bytes.Replace(*object, []byte("/Resources 2 0 R"), []byte("/Resources 2 0 R\n/Annots ["+strings.Join(list, " ")+"]"), 1)
	}
	root, about := len(objects), len(objects)-1
	for i, place := range places {
		objects = append(objects, place.field(i+1))
	}
	return joinedPDF(objects, root, about), nil
}

var (
	pdfDates  = pattern.Of(`/(?:CreationDate|ModDate) \(D:\d{14}\)\n?`)
	pdfNames  = pattern.Of(`(?s)/Names <<.*>>\n>>$`)
	pdfOffset = pattern.Of(`^(\d{10}) \d{5} ([nf]) $`)
)

// field is an empty signature field in the room above a signer's name. It prints nothing.
func (p signPlace) field(number int) []byte {
	return fmt.Appendf(nil, "<</Type /Annot /Subtype /Widget /FT /Sig /T (ChuKy%d) /TU %s /F 4 /Rect [%.2f %.2f %.2f %.2f] /P %s>>",
		number, hexString("Chữ ký số của "+p.name), p.left, p.bottom, p.right, p.top, reference(1+2*p.page))
}

// hexString writes a text of any letters as a string of PDF.
func hexString(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, r := range s { // letters beyond the first plane are refused before
		fmt.Fprintf(&b, "%04X", r)
	}
	return b.String() + ">"
}

func reference(number int) string { return strconv.Itoa(number) + " 0 R" }

// pdfObjects gives the objects of a file that the library wrote, from 1 on, without their numbers.
func pdfObjects(file []byte) ([][]byte, error) {
	at := bytes.LastIndex(file, []byte("\nxref\n"))
	if at < 0 {
		return nil, errNotAsWritten
	}
	var offsets []int
	for _, entry := range strings.Split(string(file[at+1:]), "\n")[3:] {
		found := pdfOffset().FindStringSubmatch(entry)
		if found == nil {
			break
		}
		offset, _ := strconv.Atoi(found[1])
		offsets = append(offsets, offset)
	}
	objects := make([][]byte, len(offsets))
	for i, from := range offsets {
		to := at + 1
		for _, other := range offsets { // the library does not write them in the order of their numbers
			if other > from && other < to {
				to = other
			}
		}
		head, end := strconv.Itoa(i+1)+" 0 obj\n", "endobj\n"
		if from >= to || to > len(file) {
			return nil, errNotAsWritten
		}
		object := file[from:to]
		if !bytes.HasPrefix(object, []byte(head)) || !bytes.HasSuffix(object, []byte(end)) {
			return nil, errNotAsWritten
		}
		objects[i] = bytes.TrimSpace(object[len(head) : len(object)-len(end)])
	}
	if len(objects) < 2 {
		return nil, errNotAsWritten
	}
	return objects, nil
}

// joinedPDF writes objects as a file.
func joinedPDF(objects [][]byte, root, info int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(objects))
	for i, object := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	id := sha256.Sum256(b.Bytes())
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d /Root %s /Info %s /ID [<%x> <%[4]x>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(objects)+1, reference(root), reference(info), id[:16], start)
	return b.Bytes()
}
