package io.hilum.phantoms;

import java.math.BigInteger;

/**
 * Unique identifiers of phantoms, under the root 2.25 for UUIDs (PS3.5 section B.2). The same film always has the same ones, so
 * that sending it twice is one film sent twice.
 */
final class PhantomUids {

    private PhantomUids() {
    }

    static String study(PhantomSpec spec) {
        return uid(spec, "study");
    }

    static String series(PhantomSpec spec) {
        return uid(spec, "series");
    }

    static String image(PhantomSpec spec) {
        return uid(spec, "image");
    }

    private static String uid(PhantomSpec spec, String what) {
        PhantomRandom random = new PhantomRandom(spec.patient().key()).fork("uid-" + what, spec.study());
        // Version 4, variant 1 of RFC 4122.
        long high = random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L;
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        BigInteger number = BigInteger.valueOf(high).and(MASK).shiftLeft(64).or(BigInteger.valueOf(low).and(MASK));
        return "2.25." + number;
    }

    private static final BigInteger MASK = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
}
