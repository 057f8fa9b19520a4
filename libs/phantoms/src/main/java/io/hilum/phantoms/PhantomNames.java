package io.hilum.phantoms;

/** Names that are plainly made up: minerals for families, trees and stars for given names. */
final class PhantomNames {

    private static final String[] FAMILY = {"Agate", "Basalt", "Beryl", "Calcite", "Dolomite", "Feldspar", "Flint", "Garnet",
        "Gneiss", "Granite", "Gypsum", "Halite", "Jasper", "Marble", "Mica", "Obsidian", "Onyx", "Opal", "Pumice", "Quartz",
        "Schist", "Slate", "Talc", "Topaz", "Tuff", "Zircon"};
    private static final String[] FEMALE = {"Alder", "Aspen", "Hazel", "Ivy", "Juniper", "Laurel", "Linden", "Maple", "Olive",
        "Rowan", "Tamar", "Willow"};
    private static final String[] MALE = {"Algol", "Altair", "Castor", "Deneb", "Kochab", "Mizar", "Pollux", "Procyon",
        "Regulus", "Rigel", "Sirius", "Vega"};

    private PhantomNames() {
    }

    static String draw(Sex sex, PhantomRandom random) {
        String[] given = sex == Sex.FEMALE ? FEMALE : MALE;
        return FAMILY[random.below(FAMILY.length)] + "^" + given[random.below(given.length)];
    }
}
