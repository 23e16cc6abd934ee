package official

import (
	qrcode "github.com/skip2/go-qrcode"
)

// codeSide is the side of the QR code in mm, codeSize the size of the words beside it in pt.
const (
	codeSide = 20
	codeSize = 8
)

// code is a QR code with its words beside it, drawn as squares. Who reads it with a telephone comes to the address, which
// bears the digest behind it.
func (w *pdfWriter) code(code Code, width float64) []slab {
	words, whole := "Địa chỉ: "+clean(code.Address), clean(code.Address)
	if code.Digest != "" {
		words, whole = words+"\nMã nội dung (SHA-256): "+clean(code.Digest), whole+"#sha256="+clean(code.Digest)
	}
	made, err := qrcode.New(whole, qrcode.Medium)
	if err != nil {
		w.c.pdf.SetError(err)
		return nil
	}
	made.DisableBorder = true
	squares := made.Bitmap()
	side := points(codeSide)
	one := side / float64(len(squares))
	style := Style{Size: codeSize, Align: Left}
	height, base := style.metrics()
	beside := lines(w.set.letters(nil, words, style, Run{}), width/2-side, 0)
	tall := max(side, height*float64(len(beside)))
	return []slab{{before: 12, height: tall, paint: func(c *canvas, x, y float64) {
		for down, row := range squares {
			for along := 0; along < len(row); along++ {
				from := along
				for along < len(row) && row[along] {
					along++
				}
				if along > from { // neighbours in one stroke, so that no hair shows between them
					c.pdf.Rect(x+float64(from)*one, y+float64(down)*one, float64(along-from)*one, one, "F")
				}
			}
		}
		for i, l := range beside {
			l.draw(c, x+side+6, y+float64(i)*height+base, codeSize, 0)
		}
	}}}
}
