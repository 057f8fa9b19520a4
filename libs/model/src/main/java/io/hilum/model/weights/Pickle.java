package io.hilum.model.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Interprets the pickle of a torch checkpoint without ever running what it names: a class or function becomes
 * a {@link Global}, calling one becomes a {@link Call} (or, for the few that rebuild tensors, the tensor's
 * place in the file), and whatever is unknown stays an inert {@link Call}. Protocols 2 to 5. One thread.
 *
 * <p>Values: String, Long, Double, Boolean, null, byte[], List (also for tuples), Map, {@link Global},
 * {@link Call}, {@link Storage}, {@link View}.
 */
final class Pickle {
    /** A named class or function; only a name. */
    record Global(String module, String name) {}

    /** A call or construction that was not made. */
    record Call(Object what, Object arguments) {}

    /** Bytes elsewhere in the archive. */
    record Storage(DType dtype, String key, long elements) {}

    /** A tensor: a strided view of a storage, counted in elements. */
    record View(Storage storage, long offset, long[] shape, long[] stride) {}

    private static final Object MARK = new Object();
    private static final Map<String, DType> STORAGES = Map.of("FloatStorage", DType.F32, "HalfStorage", DType.F16,
        "BFloat16Storage", DType.BF16, "DoubleStorage", DType.F64, "LongStorage", DType.I64,
        "IntStorage", DType.I32, "ByteStorage", DType.U8, "BoolStorage", DType.BOOL);

    private final ByteBuffer in;
    private final ArrayList<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    private Pickle(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @throws IOException with half a sentence, to which the caller puts the file's name */
    static Object load(byte[] bytes) throws IOException {
        try {
            return new Pickle(bytes).run();
        } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IOException("its pickle is damaged: it ends too early", e);
        } catch (ClassCastException | NullPointerException e) {
            throw new IOException("its pickle is damaged: a value is not of the kind that its place needs", e);
        } catch (RuntimeException e) {
            throw new IOException("its pickle is damaged: " + e.getMessage(), e);
        }
    }

    private Object run() throws IOException {
        while (true) {
            int at = in.position();
            int op = in.get() & 0xff;
            switch (op) {
                case 0x80 -> in.get();
                case 0x95 -> in.getLong();
                case '.' -> {
                    return pop();
                }
                case '(' -> stack.add(MARK);
                case '0' -> pop();
                case '1' -> toMark();
                case '2' -> stack.add(peek());
                case 'N' -> stack.add(null);
                case 0x88 -> stack.add(true);
                case 0x89 -> stack.add(false);
                case 'K' -> stack.add((long) (in.get() & 0xff));
                case 'M' -> stack.add((long) (in.getShort() & 0xffff));
                case 'J' -> stack.add((long) in.getInt());
                case 0x8a -> stack.add(bigInteger(in.get() & 0xff));
                case 'G' -> stack.add(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
                case 'X' -> stack.add(text(in.getInt()));
                case 0x8c, 'U' -> stack.add(text(in.get() & 0xff));
                case 0x8d -> stack.add(text(Math.toIntExact(in.getLong())));
                case 'T' -> stack.add(text(in.getInt()));
                case 'C' -> stack.add(bytes(in.get() & 0xff));
                case 'B' -> stack.add(bytes(in.getInt()));
                case ')' -> stack.add(new ArrayList<>());
                case ']' -> stack.add(new ArrayList<>());
                case '}' -> stack.add(new LinkedHashMap<>());
                case 0x8f -> stack.add(new ArrayList<>());
                case 't', 'l' -> stack.add(toMark());
                case 'd' -> stack.add(put(new LinkedHashMap<>(), toMark()));
                case 0x85 -> stack.add(last(1));
                case 0x86 -> stack.add(last(2));
                case 0x87 -> stack.add(last(3));
                case 'a' -> append(last(1));
                case 'e', 0x90 -> append(toMark());
                case 's' -> put(null, last(2));
                case 'u' -> put(null, toMark());
                case 'c' -> stack.add(new Global(line(), line()));
                case 0x93 -> {
                    String name = (String) pop();
                    stack.add(new Global((String) pop(), name));
                }
                case 'q' -> memo.put(in.get() & 0xff, peek());
                case 'r' -> memo.put(in.getInt(), peek());
                case 0x94 -> memo.put(memo.size(), peek());
                case 'h' -> stack.add(remembered(in.get() & 0xff));
                case 'j' -> stack.add(remembered(in.getInt()));
                case 'Q' -> stack.add(persistent(pop()));
                case 'R', 0x81 -> {
                    Object arguments = pop();
                    stack.add(call(pop(), arguments));
                }
                case 'b' -> pop();
                default -> throw new IOException(
                    "its pickle has the unknown instruction 0x%02x at byte %d".formatted(op, at));
            }
        }
    }

    private static Object call(Object what, Object arguments) {
        if (what instanceof Global global && arguments instanceof List<?> list) {
            switch (global.module() + " " + global.name()) {
                case "collections OrderedDict" -> {
                    return new LinkedHashMap<>();
                }
                case "torch._utils _rebuild_tensor_v2", "torch._utils _rebuild_tensor" -> {
                    if (list.get(0) instanceof Storage storage) {
                        return new View(storage, (Long) list.get(1), sides(list.get(2)), sides(list.get(3)));
                    }
                }
                case "torch._utils _rebuild_parameter", "torch._utils _rebuild_parameter_with_state" -> {
                    return list.get(0);
                }
                default -> { }
            }
        }
        return new Call(what, arguments);
    }

    private static long[] sides(Object value) {
        return ((List<?>) value).stream().mapToLong(Long.class::cast).toArray();
    }

    private static Object persistent(Object id) {
        if (id instanceof List<?> list && list.size() >= 5 && "storage".equals(list.get(0))
                && list.get(1) instanceof Global type) {
            DType dtype = STORAGES.get(type.name());
            if (dtype == null) {
                throw new IllegalStateException("a tensor is stored as " + type.name() + ", which is not known here");
            }
            return new Storage(dtype, (String) list.get(2), (Long) list.get(4));
        }
        return new Call("persistent", id);
    }

    private Object remembered(int key) {
        if (!memo.containsKey(key)) {
            throw new IllegalStateException("it recalls value " + key + ", which it never stored");
        }
        return memo.get(key);
    }

    private void append(List<Object> values) {
        if (peek() instanceof List<?> list) {
            @SuppressWarnings("unchecked") List<Object> target = (List<Object>) list;
            target.addAll(values);
        }
    }

    /** Puts pairs into the given map, or into the one on the stack; what is no map swallows them. */
    private Map<Object, Object> put(Map<Object, Object> map, List<Object> pairs) {
        Map<Object, Object> target = map;
        if (target == null && peek() instanceof Map<?, ?> top) {
            @SuppressWarnings("unchecked") Map<Object, Object> cast = (Map<Object, Object>) top;
            target = cast;
        }
        if (target != null) {
            for (int i = 0; i + 1 < pairs.size(); i += 2) {
                // Only names are looked up. The hash or text of anything built could be made to take for ever.
                Object key = pairs.get(i);
                target.put(key instanceof String || key instanceof Number ? key : new Object(), pairs.get(i + 1));
            }
        }
        return target;
    }

    private List<Object> toMark() {
        int mark = stack.size() - 1;
        while (mark >= 0 && stack.get(mark) != MARK) {
            mark--;
        }
        if (mark < 0) {
            throw new IllegalStateException("a mark is missing");
        }
        List<Object> tail = stack.subList(mark + 1, stack.size());
        List<Object> values = new ArrayList<>(tail);
        tail.clear();
        stack.remove(mark);
        return values;
    }

    private List<Object> last(int n) {
        List<Object> tail = stack.subList(stack.size() - n, stack.size());
        List<Object> values = new ArrayList<>(tail);
        tail.clear();
        return values;
    }

    private Object pop() {
        return stack.remove(stack.size() - 1);
    }

    private Object peek() {
        return stack.get(stack.size() - 1);
    }

    private Object bigInteger(int length) {
        byte[] little = bytes(length);
        byte[] big = new byte[length + 1];
        for (int i = 0; i < length; i++) {
            big[length - i] = little[i];
        }
        big[0] = (byte) (length > 0 && little[length - 1] < 0 ? -1 : 0);
        return new java.math.BigInteger(big).longValue();
    }

    private byte[] bytes(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalStateException("a text of " + length + " bytes is longer than the pickle");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private String text(int length) {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    private String line() {
        int from = in.position();
        while (in.get() != '\n') { }
        return new String(in.array(), from, in.position() - from - 1, StandardCharsets.UTF_8);
    }
}
