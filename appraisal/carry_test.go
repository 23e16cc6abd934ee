package appraisal

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"giaoban/document"
)

// passage is a paragraph of the test's draft that knows where its words came from.
type passage struct {
	of    []int
	words []string
}

func (p passage) text() string { return strings.Join(p.words, " ") }

func (p passage) isOf(other passage) bool {
	return slices.ContainsFunc(p.of, func(n int) bool { return slices.Contains(other.of, n) })
}

// draftOf twelve pages: headings, sentences of their own, and the tasks of bodies, which read nearly alike.
func draftOf(r *rand.Rand) (all []passage) {
	bodies := []string{"Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Khoa học và Công nghệ", "Sở Văn hóa và Thể thao", "Sở Tài nguyên và Môi trường", "Bảo hiểm xã hội tỉnh"}
	fields := []string{"khám, chữa bệnh", "giáo dục mầm non", "nghiên cứu ứng dụng", "thư viện, nhà văn hóa", "thu gom, xử lý rác thải", "bao phủ bảo hiểm y tế"}
	add := func(format string, args ...any) {
		all = append(all, passage{[]int{len(all)}, strings.Fields(fmt.Sprintf(format, args...))})
	}
	for part := range 6 {
		add("Phần %d. Về công tác %s giai đoạn 2022 - 2025", part+1, fields[part])
		for n := range 14 {
			add("%s", sentence(r, 28+r.IntN(45)))
			if n%3 == 0 {
				add("%s chủ trì, phối hợp với các cơ quan liên quan rà soát %s tại %d xã, phường, báo cáo Tỉnh ủy trước ngày %d tháng %d năm 2022.",
					bodies[part], fields[part], 20+n+part, 5+n, part+3)
			}
		}
		add("Tổ chức thực hiện")
	}
	return all
}

var vocabulary = strings.Fields(`tăng cường nâng cao chất lượng hiệu quả công tác lãnh đạo chỉ đạo kiểm tra giám sát tuyên truyền vận động nhân dân cán bộ đảng viên
	trường học bệnh viện trạm trung tâm chương trình kế hoạch đề án nghị quyết chỉ thị mục tiêu nhiệm vụ giải pháp nguồn lực kinh phí đầu tư xây dựng phát triển
	bảo đảm quyền lợi trẻ em người cao tuổi khuyết tật hộ nghèo cận nghèo dân tộc thiểu số miền núi hải đảo biên giới đô thị nông thôn chuyển đổi số dữ liệu
	phấn đấu đến năm đạt tỷ lệ phần trăm bình quân hằng năm so với cùng kỳ địa phương cơ sở cấp huyện thị xã thành phố`)

func sentence(r *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = vocabulary[r.IntN(len(vocabulary))]
	}
	return strings.ToUpper(words[0][:1]) + words[0][1:] + " " + strings.Join(words[1:], " ") + "."
}

// change does one thing that people do to a draft.
func change(r *rand.Rand, all []passage) []passage {
	at := r.IntN(len(all))
	p := all[at]
	switch r.IntN(4) {
	case 0: // moved
		all = slices.Delete(all, at, at+1)
		return slices.Insert(all, r.IntN(len(all)+1), p)
	case 1: // split
		if len(p.words) < 12 {
			return all
		}
		cut := 5 + r.IntN(len(p.words)-9)
		return slices.Replace(all, at, at+1, passage{p.of, slices.Clone(p.words[:cut])}, passage{p.of, slices.Clone(p.words[cut:])})
	case 2: // joined
		if at+1 == len(all) || len(p.words)+len(all[at+1].words) > 160 {
			return all
		}
		next := all[at+1]
		return slices.Replace(all, at, at+2, passage{append(slices.Clone(p.of), next.of...), append(slices.Clone(p.words), next.words...)})
	}
	// reworded: words replaced, put in or taken out, in one place or in several
	words := slices.Clone(p.words)
	for range 1 + r.IntN(max(1, len(words)/6)) {
		i := r.IntN(len(words))
		switch r.IntN(3) {
		case 0:
			words[i] = vocabulary[r.IntN(len(vocabulary))]
		case 1:
			words = slices.Insert(words, i, vocabulary[r.IntN(len(vocabulary))])
		default:
			if len(words) > 4 {
				words = slices.Delete(words, i, i+1)
			}
		}
	}
	all[at] = passage{p.of, words}
	return all
}

func keyedOf(all []passage) []Paragraph {
	out := make([]Paragraph, len(all))
	for i, p := range all {
		out[i] = Paragraph{Kind: document.Paragraph, Text: p.text()}
	}
	return keyed(out)
}

// Sixty comments go through a draft of twelve pages that is changed 2,000 times in all, some twenty changes in a version, then
// some sixty: none comes to stand at words it was not made on, and at most one in ten is asked of a person.
func TestCommentsAreCarriedOverTwoThousandChangesAndNoneIsMisplaced(t *testing.T) {
	for seed, most := range map[uint64]int{57: 20, 2022: 90} {
		r := rand.New(rand.NewPCG(seed, 57))
		was := draftOf(r)
		carriedOver, asked, wrong, done := 0, 0, 0, 0
		ways := map[How]int{}
		for done < 2000 {
			now := slices.Clone(was)
			for range min(1+r.IntN(most), 2000-done) {
				now = change(r, now)
				done++
			}
			found := carry(keyedOf(was), keyedOf(now))
			for range 60 {
				i := r.IntN(len(was))
				carriedOver++
				ways[found[i].How]++
				if found[i].How == Asked {
					asked++
				}
				for _, j := range found[i].To {
					if !now[j].isOf(was[i]) {
						wrong++
						t.Errorf("seed %d: %s\n%q\nwas placed at\n%q", seed, found[i].How, was[i].text(), now[j].text())
					}
				}
			}
			if was = now; len(was) < 60 || len(was) > 200 || done%500 < 20 { // a fresh draft, before all words are one soup
				was = draftOf(r)
			}
		}
		t.Logf("seed %d: %d comments carried over %d changes, %d asked (%.1f %%), %d wrong, %v", seed, carriedOver, done, asked, 100*float64(asked)/float64(carriedOver), wrong, ways)
		if asked*10 > carriedOver {
			t.Errorf("seed %d: %d of %d are asked", seed, asked, carriedOver)
		}
	}
}
