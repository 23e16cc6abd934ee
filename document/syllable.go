package document

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The sounds with which a Vietnamese syllable begins, longer ones first, and those that may follow, without tones.
var (
	onsets = strings.Fields("ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p r s t v x")
	rimes  = setOf(`a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et
		ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yên yêm yêt yêu yêng ych ynh yt yn
		o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
		ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc ui um un ung uôc uôi uôm uôn uông uôt up ut uê uêch uênh uơ
		uya uych uynh uyên uyêt uyt uy uyp uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu`)
	bareRimes = sync.OnceValue(func() map[string]bool {
		all := make(map[string]bool, len(rimes))
		for r := range rimes {
			all[bare(r)] = true
		}
		return all
	})
)

func setOf(words string) map[string]bool {
	all := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		all[w] = true
	}
	return all
}

const (
	grave, acute, hook, tilde, dot = '\u0300', '\u0301', '\u0309', '\u0303', '\u0323'
	tones                          = string(grave) + string(acute) + string(hook) + string(tilde) + string(dot)
)

// syllable tells whether a word can be a Vietnamese syllable, with its tone.
func syllable(word string) bool {
	plain, tone, many := strings.Builder{}, rune(0), false
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		if strings.ContainsRune(tones, r) {
			many = many || tone != 0
			tone = r
			continue
		}
		plain.WriteRune(r)
	}
	return !many && sounds(norm.NFC.String(plain.String()), tone, rimes)
}

func sounds(word string, tone rune, allowed map[string]bool) bool {
	rest, onset := word, ""
	for _, o := range onsets {
		if after, ok := strings.CutPrefix(word, o); ok {
			rest, onset = after, o
			break
		}
	}
	if onset == "gi" && !allowed[rest] { // gì, gìn
		rest = "i" + rest
	}
	if onset == "qu" && rest == "" || !allowed[rest] {
		return false
	}
	if strings.HasSuffix(rest, "c") || strings.HasSuffix(rest, "p") || strings.HasSuffix(rest, "t") || strings.HasSuffix(rest, "ch") {
		return tone == acute || tone == dot
	}
	return true
}

// bare is a word without any marks.
func bare(word string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'đ':
			return 'd'
		}
		return r
	}, norm.NFD.String(word))
}

// bareSyllable tells whether a word of ASCII letters can be a Vietnamese syllable whose marks are lost.
func bareSyllable(word string) bool { return sounds(strings.ToLower(word), acute, bareRimes()) }

// wordsOf are the words of a text: letters and marks in a row.
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) })
}
