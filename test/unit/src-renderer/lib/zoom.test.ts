import { describe, expect, it } from 'vitest';
import { fitted, sizeOf } from '../../../../src-renderer/lib/fitted.ts';
import { Zoom } from '../../../../src-renderer/lib/zoom.svelte.ts';

const open = (photo: { width: number; height: number } | null, ratio = 1): Zoom => {
  const zoom = new Zoom();
  zoom.stage = { width: 800, height: 600 };
  zoom.photo = photo;
  zoom.ratio = ratio;
  return zoom;
};

describe('a photo in the loupe', () => {
  it('is shown whole, whatever its shape', () => {
    expect(open({ width: 3000, height: 4000 }).frame).toEqual({ width: 450, height: 600, left: 175, top: 0 });
    expect(open({ width: 12_000, height: 1000 }).frame).toEqual({ width: 800, height: 67, left: 0, top: 267 });
    expect(open(null).frame).toEqual({ width: 800, height: 600, left: 0, top: 0 });
  });

  it('at 1:1 has one of its pixels on each of the screen', () => {
    const zoom = open({ width: 4000, height: 3000 }, 2);
    zoom.toggle();
    expect(zoom.frame).toEqual({ width: 2000, height: 1500, left: -600, top: -450 });
    zoom.toggle();
    expect(zoom.frame.width).toBe(800);
  });

  it('at 1:1 shows the point that was clicked, and never beyond its edges', () => {
    const zoom = open({ width: 4000, height: 3000 });
    zoom.toggle({ x: 0.5, y: 0.25 });
    expect(zoom.frame).toMatchObject({ left: -1600, top: -450 });
    zoom.fit();
    zoom.toggle({ x: 0, y: 1 });
    expect(zoom.frame).toMatchObject({ left: 0, top: -2400 });
    zoom.pan(-100, 100);
    expect(zoom.frame).toMatchObject({ left: 0, top: -2400 });
    zoom.pan(100, -100);
    expect(zoom.frame).toMatchObject({ left: -100, top: -2300 });
  });

  it('that is smaller than the stage lies in its middle at 1:1 and is not moved', () => {
    const zoom = open({ width: 400, height: 300 });
    zoom.toggle({ x: 0.9, y: 0.9 });
    zoom.pan(50, 50);
    expect(zoom.frame).toEqual({ width: 400, height: 300, left: 200, top: 150 });
  });
});

it('a photo of unknown size takes the whole box', () => {
  expect(fitted(sizeOf({ width: null, height: null }), { width: 160, height: 107 })).toEqual({ width: 160, height: 107 });
  expect(fitted(sizeOf({ width: 20_000, height: 100 }), { width: 160, height: 107 })).toEqual({ width: 160, height: 1 });
});
