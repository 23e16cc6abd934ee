package official

import "testing"

// BenchmarkRefuseSecretForm is what the frame adds to a form of a usual report.
func BenchmarkRefuseSecretForm(b *testing.B) {
	var fields []Field
	size := 0
	for range 60 {
		f := Field{"sections.results.YT", "Toàn tỉnh duy trì các trường mở cửa trở lại; công tác y tế được giữ vững, mức sinh giảm."}
		fields, size = append(fields, f), size+len(f.Value)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if err := RefuseSecretForm(fields); err != nil {
			b.Fatal(err)
		}
	}
}
