package citation

// Syllables that the grammar asks for by name.
var (
	wSo    = w("số")
	wNgay  = w("ngày")
	wThang = w("tháng")
	wNam   = w("năm")
	wCua   = w("của")
	wDo    = w("do")
	wVa    = w("và")
	wVe    = w("về")
	wKhoa  = w("khóa")
	wNhiem = w("nhiệm")
	wKy    = w("kỳ")
	wHieu  = w("hiệu")
	wCac   = w("các")
	wKyDau = w("ký")
	wBan   = w("ban")
	wHanh  = w("hành")
	wDuoc  = w("được")
	wRa    = w("ra")
	wHoac  = w("hoặc")
	wCung  = w("cùng")
	wVoi   = w("với")
	wDen   = w("đến")
	wLan   = w("lần")
	wThu   = w("thứ")
	wHoi   = w("hội")
	wNghi  = w("nghị")
)

// glued are the syllables that lost the blank between a symbol and themselves: "118-KH/TUngày".
var glued = set("ngày", "của", "về", "và", "tháng", "năm", "khóa", "do", "đã", "với", "đến", "tại", "để", "trong", "là")

// set makes a table of syllables.
func set(syllables ...string) map[word]bool {
	m := make(map[word]bool, len(syllables))
	for _, s := range syllables {
		m[w(s)] = true
	}
	return m
}
