"""Writes what Pillow makes of a small image, for PillowTest: pillow.csv (one case a row) and pillow.bin (24 x 24 bytes a case).

    /usr/bin/python3 trainer/src/test/python/pillow_operations.py trainer/src/test/resources/io/hilum/trainer/data

Written with Pillow 9.4. The tests themselves need no Python.
"""
import sys
from pathlib import Path

from PIL import Image, ImageEnhance, ImageOps

SIDE = 24
FILL = 125
STRENGTH = 0.6123


def image():
    """Slopes, an edge and some texture; the same formula stands in PillowTest."""
    levels = bytes((x * x * 3 + y * 7 + (60 if x > y else 0) + x * y % 13) % 211 + 20 for y in range(SIDE) for x in range(SIDE))
    return Image.frombytes("L", (SIDE, SIDE), levels)


def moved(img, coefficients, filter_):
    return img.transform(img.size, Image.AFFINE, coefficients, resample=filter_, fillcolor=FILL)


def made(img, operation, m, sign, filter_):
    factor = max(0.1, 1 + sign * 0.9 * m)
    shift = sign * 0.45 * m * SIDE
    return {
        "AUTO_CONTRAST": lambda: ImageOps.autocontrast(img),
        "EQUALIZE": lambda: ImageOps.equalize(img),
        "INVERT": lambda: ImageOps.invert(img),
        "ROTATE": lambda: img.rotate(sign * 30 * m, resample=filter_, fillcolor=FILL),
        "POSTERIZE": lambda: ImageOps.posterize(img, 4 - int(4 * m)),
        "SOLARIZE": lambda: ImageOps.solarize(img, 256 - int(256 * m)),
        "SOLARIZE_ADD": lambda: img.point([min(255, v + int(110 * m)) if v < 128 else v for v in range(256)]),
        "COLOR": lambda: ImageEnhance.Color(img.convert("RGB")).enhance(factor).getchannel(1),
        "CONTRAST": lambda: ImageEnhance.Contrast(img).enhance(factor),
        "BRIGHTNESS": lambda: ImageEnhance.Brightness(img).enhance(factor),
        "SHARPNESS": lambda: ImageEnhance.Sharpness(img).enhance(factor),
        "SHEAR_X": lambda: moved(img, (1, sign * 0.3 * m, 0, 0, 1, 0), filter_),
        "SHEAR_Y": lambda: moved(img, (1, 0, 0, sign * 0.3 * m, 1, 0), filter_),
        "TRANSLATE_X": lambda: moved(img, (1, 0, shift, 0, 1, 0), filter_),
        "TRANSLATE_Y": lambda: moved(img, (1, 0, 0, 0, 1, shift), filter_),
    }[operation]()


def cases():
    for operation in ("AUTO_CONTRAST", "EQUALIZE", "INVERT", "COLOR"):
        yield operation, STRENGTH, 1, "cubic"
    for operation in ("POSTERIZE", "SOLARIZE", "SOLARIZE_ADD"):
        for m in (0.27, STRENGTH, 1):
            yield operation, m, 1, "cubic"
    for operation in ("CONTRAST", "BRIGHTNESS", "SHARPNESS"):
        for sign in (1, -1):
            yield operation, STRENGTH, sign, "cubic"
    for operation in ("ROTATE", "SHEAR_X", "SHEAR_Y", "TRANSLATE_X", "TRANSLATE_Y"):
        for sign in (1, -1):
            for name in ("linear", "cubic"):
                yield operation, STRENGTH, sign, name


def main(folder):
    filters = {"linear": Image.BILINEAR, "cubic": Image.BICUBIC}
    img = image()
    with open(folder / "pillow.csv", "w") as table, open(folder / "pillow.bin", "wb") as pixels:
        for operation, m, sign, name in cases():
            table.write(f"{operation},{m},{sign},{name}\n")
            pixels.write(made(img, operation, m, sign, filters[name]).tobytes())


main(Path(sys.argv[1]))
