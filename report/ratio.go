package report

import "math/big"

// ratio is numerator ÷ denominator × factor at the indicator's decimals, exact and rounded once, half away from zero.
// False when the denominator is 0 or the result does not fit.
func ratio(num, den int64, in Indicator, numDecimals, denDecimals int) (int64, bool) {
	if den == 0 {
		return 0, false
	}
	a := new(big.Int).Mul(big.NewInt(num), big.NewInt(in.Factor))
	b := big.NewInt(den)
	if shift := in.Decimals + denDecimals - numDecimals; shift >= 0 {
		a.Mul(a, powerOfTen(shift))
	} else {
		b.Mul(b, powerOfTen(-shift))
	}
	return divide(a, b)
}

func powerOfTen(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// divide rounds half away from zero: ⌊(2|a| + |b|) / 2|b|⌋ with the sign put back.
func divide(a, b *big.Int) (int64, bool) {
	sign := a.Sign() * b.Sign()
	a, b = new(big.Int).Abs(a), new(big.Int).Abs(b)
	a.Lsh(a, 1).Add(a, b)
	a.Quo(a, b.Lsh(b, 1))
	if sign < 0 {
		a.Neg(a)
	}
	return a.Int64(), a.IsInt64()
}
