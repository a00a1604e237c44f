/** Where the person is: the view in the middle, what lies over it, which panels are open. */
export type View = 'grid' | 'loupe' | 'settings' | 'activity';
export type Over = 'power' | 'keys' | 'about' | 'correct' | 'folders' | null; // folders: the web host's own picker

export class Screen {
  view = $state<View>('grid');
  over = $state<Over>(null);
  inspector = $state(false);
  asksCloser = $state<number | null>(null); // the photo that the inspector asks about: whether to look closer, and what that costs
  sidebar = $state(true);
}
