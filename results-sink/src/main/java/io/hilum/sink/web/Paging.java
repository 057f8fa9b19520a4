package io.hilum.sink.web;

/** Page numbers from outside. */
final class Paging {

    static final int LARGEST = 500;

    private Paging() {}

    static void check(int page, int size) {
        if (page < 0 || page > 1_000_000) {
            throw Problem.wrongRequest("page is " + page + "; the first page is 0.");
        }
        if (size < 1 || size > LARGEST) {
            throw Problem.wrongRequest("size is " + size + "; use 1 to " + LARGEST + ".");
        }
    }
}
