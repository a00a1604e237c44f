/** Where the person is: the view in the middle, what lies over it, which panels are open. What fits depends on the window's width. */
export type View = 'grid' | 'loupe' | 'settings' | 'activity';
/** folders and target: the web host's own picker, of one to add and of one to sort into. undo: what of an operation can be taken back. */
export type Over = 'power' | 'keys' | 'about' | 'correct' | 'folders' | 'sort' | 'target' | 'undo' | null;

const narrow = 1120; // pixels; below it the sidebar lies over the grid
const roomForBoth = 1440; // pixels; below it what is at the right takes the sidebar's place

export class Screen {
  #view = $state<View>('grid');
  #photosView: View = 'grid'; // where settings and activity were opened from
  over = $state<Over>(null);
  #right = $state<'inspector' | 'history' | null>(null); // one at a time
  asksCloser = $state<number | null>(null); // the photo that the inspector asks about: whether to look closer, and what that costs
  width = $state(1280); // pixels of the window; App keeps it
  #sidebar = $state(true); // where there is room
  #drawer = $state(false); // where there is none: over the grid, until it is closed

  get view(): View {
    return this.#view;
  }

  set view(view: View) {
    if (view === 'grid' || view === 'loupe') this.#photosView = view;
    this.#view = view;
  }

  get inspector(): boolean {
    return this.#right === 'inspector';
  }

  set inspector(isOpen: boolean) {
    this.#show('inspector', isOpen);
  }

  get history(): boolean {
    return this.#right === 'history';
  }

  set history(isOpen: boolean) {
    this.#show('history', isOpen);
  }

  #show(panel: 'inspector' | 'history', isOpen: boolean): void {
    if (isOpen) this.#right = panel;
    else if (this.#right === panel) this.#right = null;
  }

  /** From settings or activity to where they were opened from. */
  back(): void {
    this.#view = this.#photosView;
  }

  readonly isNarrow = $derived.by(() => this.width < narrow);
  /** Whether there is no room for the sidebar beside the grid. */
  readonly sidebarFolds = $derived.by(() => this.isNarrow || (this.#right !== null && this.width < roomForBoth));
  readonly sidebar = $derived.by(() => (this.sidebarFolds ? this.#drawer : this.#sidebar));

  toggleSidebar(): void {
    if (this.sidebarFolds) this.#drawer = !this.#drawer;
    else this.#sidebar = !this.#sidebar;
  }

  closeDrawer(): void {
    this.#drawer = false;
  }
}
