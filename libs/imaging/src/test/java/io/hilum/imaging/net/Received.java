package io.hilum.imaging.net;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a server received, and what broke off. */
final class Received implements StoreHandler {

    record Item(StoreRequest request, byte[] bytes) {}

    final List<Item> items = new CopyOnWriteArrayList<>();
    final List<IOException> brokenOff = new CopyOnWriteArrayList<>();
    volatile StoreResponse answer = StoreResponse.SUCCESS;

    @Override
    public StoreResponse store(StoreRequest request, InputStream dataSet) throws IOException {
        try {
            items.add(new Item(request, dataSet.readAllBytes()));
        } catch (IOException ended) {
            brokenOff.add(ended);
            throw ended;
        }
        return answer;
    }
}
