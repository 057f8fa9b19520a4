package io.hilum.trainer.films;

import io.hilum.imaging.canvas.Canvas;
import io.hilum.imaging.canvas.CanvasRenderer;
import io.hilum.imaging.canvas.FilmReader;
import io.hilum.imaging.canvas.RenderedCanvas;
import io.hilum.model.input.CanvasToInput;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads images as the service would (PNG, JPEG and DICOM into canvases, canvases into inputs) into a {@link Workspace}.
 *
 * <p>Threads: the caller waits; {@code threads} of its own take the films in order, so the first film that cannot be read is
 * the same one in every run.
 *
 * @param skipBroken goes on after an image that cannot be read; else that stops the call
 */
record FilmDecoder(CanvasToInput toInput, int threads, boolean skipBroken, PrintStream log) {

    /** @param path where the row's image lies */
    record Task(FilmRow row, Path path) {}

    /**
     * @param leftOut gets the films that cannot be read, when these are skipped
     * @return the films that could be read, in order
     * @throws IOException one sentence that names the row and the image that cannot be read
     */
    List<Film> decode(List<Task> tasks, Workspace work, LeftOut leftOut) throws IOException {
        Film[] films = new Film[tasks.size()];
        Map<Integer, IOException> broken = new ConcurrentSkipListMap<>();
        AtomicInteger next = new AtomicInteger();
        DecodeProgress progress = new DecodeProgress(log, tasks.size());
        FilmReader reader = new FilmReader(new CanvasRenderer());
        Callable<Void> worker = () -> {
            int i;
            while ((skipBroken || broken.isEmpty()) && (i = next.getAndIncrement()) < films.length) {
                FilmRow row = tasks.get(i).row();
                films[i] = work.film(row, tasks.get(i).path());
                boolean kept = films[i] != null;
                try {
                    if (!kept) {
                        films[i] = read(reader, tasks.get(i), work);
                    }
                } catch (Unreadable e) {
                    broken.put(i, e);
                }
                progress.film(kept);
            }
            return null;
        };
        run(worker);
        for (var film : broken.entrySet()) {
            if (!skipBroken) {
                throw film.getValue();
            }
            leftOut.add(tasks.get(film.getKey()).row(), String.valueOf(film.getValue().getCause().getMessage()));
        }
        List<Film> out = new ArrayList<>();
        for (Film film : films) {
            if (film != null) {
                out.add(film);
            }
        }
        return out;
    }

    private Film read(FilmReader reader, Task task, Workspace work) throws IOException {
        RenderedCanvas rendered;
        byte[] input;
        try {
            rendered = reader.read(task.path());
            Canvas canvas = rendered.canvas();
            input = toInput.apply(canvas.pixels(), canvas.width(), canvas.height());
        } catch (IOException | RuntimeException e) {
            throw new Unreadable("%s: the image %s cannot be read: %s.".formatted(task.row().where(), task.path(),
                String.valueOf(e.getMessage()).replaceFirst("\\.$", "")), e);
        }
        byte[] sha256 = HexFormat.of().parseHex(rendered.canvas().pixelSha256());
        return work.put(task.row(), task.path(), sha256, rendered.sourceColumns(), rendered.sourceRows(), input);
    }

    private void run(Callable<Void> worker) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> runs = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                runs.add(pool.submit(worker));
            }
            for (Future<Void> each : runs) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException("reading films failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Reading films was interrupted; the same call goes on with what is left.", e);
        } finally {
            pool.shutdownNow();
        }
    }

    /** The content of one image is refused, unlike trouble with the workspace's disk. */
    private static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreadable(String sentence, Exception cause) {
            super(sentence, cause);
        }
    }
}
