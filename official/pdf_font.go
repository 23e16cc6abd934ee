package official

import (
	"fmt"
	"math"
	"sync"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// A PDF carries its letters: Liberation Serif 2, which is as wide as Times New Roman letter by letter and, unlike
// Liberation 1, has every Vietnamese one.

// face is one of the four looks of the font: bold adds 1, italic 2.
type face int

const (
	faceBold   face = 1
	faceItalic face = 2
	pdfFamily       = "Liberation"
)

func faceOf(bold, italic bool) (f face) {
	if bold {
		f |= faceBold
	}
	if italic {
		f |= faceItalic
	}
	return f
}

// style names the face as the PDF library does.
func (f face) style() string { return [...]string{"", "B", "I", "BI"}[f] }

// Measures of all four faces, as shares of the size.
const (
	fontAscent  = 1825.0 / 2048
	fontDescent = 443.0 / 2048
	fontLeading = 87.0 / 2048
)

// lastLetter ends what is measured: beyond it stand no letters of the font that a paper could need.
const lastLetter = 0x2600

// faceData is a face with the advance of each letter in thousandths of the size, -1 where the font has none.
type faceData struct {
	file     []byte
	advances [lastLetter]int16
}

var pdfFaces = sync.OnceValues(func() (faces [4]*faceData, err error) {
	for i, file := range [][]byte{liberationserifregular.TTF, liberationserifbold.TTF, liberationserifitalic.TTF, liberationserifbolditalic.TTF} {
		if faces[i], err = measure(file); err != nil {
			return faces, fmt.Errorf("đọc phông chữ của bản PDF: %w", err)
		}
	}
	return faces, nil
})

func measure(file []byte) (*faceData, error) {
	parsed, err := sfnt.Parse(file)
	if err != nil {
		return nil, err
	}
	var buffer sfnt.Buffer
	em := fixed.I(int(parsed.UnitsPerEm()))
	out := &faceData{file: file}
	for r := range rune(lastLetter) {
		out.advances[r] = -1
		glyph, err := parsed.GlyphIndex(&buffer, r)
		if err != nil {
			return nil, err
		}
		if glyph == 0 {
			continue
		}
		wide, err := parsed.GlyphAdvance(&buffer, glyph, em, font.HintingNone)
		if err != nil {
			return nil, err
		}
		// The library writes whole thousandths into the file, so a viewer sets letters by them.
		out.advances[r] = int16(math.Round(float64(wide) / float64(em) * 1000))
	}
	return out, nil
}

// has reports whether the font can print a letter.
func (f *faceData) has(r rune) bool { return r >= 0 && r < lastLetter && f.advances[r] >= 0 }

// embed makes a face known to a file. The library keeps and cuts the bytes it is given, so it gets its own.
func (f face) embed(pdf *fpdf.Fpdf, data *faceData) {
	pdf.AddUTF8FontFromBytes(pdfFamily, f.style(), append([]byte(nil), data.file...))
}
