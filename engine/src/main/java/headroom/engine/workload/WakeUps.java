package headroom.engine.workload;

import java.util.Arrays;

/** A binary heap of (time, number), earliest first and of equal times the lowest number. */
final class WakeUps {
    private long[] times = new long[16];
    private int[] numbers = new int[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    long nextNanos() {
        return times[0];
    }

    void add(long timeNanos, int number) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        int place = size++;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (!before(timeNanos, number, parent)) {
                break;
            }
            times[place] = times[parent];
            numbers[place] = numbers[parent];
            place = parent;
        }
        times[place] = timeNanos;
        numbers[place] = number;
    }

    /** Removes the earliest entry and returns its number. */
    int removeNext() {
        int first = numbers[0];
        size--;
        long time = times[size];
        int number = numbers[size];
        int place = 0;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && before(times[child + 1], numbers[child + 1], child)) {
                child++;
            }
            if (before(time, number, child)) {
                break;
            }
            times[place] = times[child];
            numbers[place] = numbers[child];
            place = child;
        }
        times[place] = time;
        numbers[place] = number;
        return first;
    }

    private boolean before(long time, int number, int place) {
        return time < times[place] || (time == times[place] && number < numbers[place]);
    }
}
